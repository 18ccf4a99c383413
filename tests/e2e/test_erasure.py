"""A person erases the account: no store knows the person any more, and nobody else loses anything."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from types import MappingProxyType
from typing import Any
from uuid import UUID

import httpx
import psycopg
import redis
from neo4j import GraphDatabase
from psycopg import sql
from pymongo import MongoClient

from data.embedded import Engine, EngineAddress, running_engines
from data.postgres import libpq_url
from tests.e2e.test_runs import SLOW, ask_and_leave, at
from tests.support.client import Person
from tests.support.server import Server

CSV = b"Date,Description,Amount\n2026-10-02,SWIGGY BANGALORE,-420.50\n2026-10-05,SALARY OCT,90000.00\n"
OF_A_PERSON = {
    "users", "refresh_tokens", "api_keys", "accounts", "imports", "transactions", "category_rules", "goals",
    "conversations", "runs", "memories", "feedback", "webhooks", "webhook_deliveries", "similarity_consents", "outbox",
}  # fmt: skip
KNOWN_ELSEWHERE = {"graph ['User']", "mongo", "redis openai-stand", "redis run", "redis session", "redis user"}
STORES = frozenset({Engine.POSTGRES, Engine.MONGO, Engine.REDIS, Engine.GRAPH})
Engines = Mapping[Engine, EngineAddress]


@contextmanager
def looking_into(server: Server) -> Iterator[tuple[Engines, psycopg.Connection[Any]]]:
    """The server's stores, and a connection to its PostgreSQL."""
    with (
        running_engines(server.home, STORES) as engines,
        psycopg.connect(libpq_url(engines[Engine.POSTGRES].url), autocommit=True) as postgres,
    ):
        yield engines, postgres


def live(person: Person, server: Server) -> str:
    """Leave something in every store; the text of an API key."""
    account = person.open_account("savings", "Savings", "SBI")
    assert person.upload(account, "sbi.csv", CSV).is_success
    goal = {
        "name": "Car",
        "goal_type": "car",
        "target_amount": "900000",
        "target_date": "2035-01-01",
    }
    made = person.http.post("/goals", json=goal)
    assert made.is_success, made.text
    for path, body in (
        ("/memory", {"text": "I rent my flat."}),
        ("/webhooks", {"url": "https://example.com/hook", "events": ["run.completed"]}),
        ("/category-rules", {"pattern": "swiggy", "category": "groceries"}),
    ):
        assert person.http.post(path, json=body).is_success, path
    run = person.ask("What did I spend in October 2026?").headers["x-run-id"]
    assert person.http.put(f"/runs/{run}/feedback", json={"rating": "up"}).is_success
    asked = {"model": "nivesh", "messages": [{"role": "user", "content": "What is my net worth?"}]}
    assert person.http.post(f"{server.url}/openai/v1/chat/completions", json=asked).is_success
    assert person.http.put("/graph/consent", json={"granted": True}).is_success
    key = person.http.post("/api-keys", json={"name": "script", "scopes": ["profile:read"]})
    return str(key.json()["key"])


def look_at_export(person: Person, stranger: Person) -> None:
    """It has something of every kind, all of it the person's own, and no secret."""
    mine = person.http.get("/users/me/export").json()
    assert {name for name, entries in mine.items() if entries} >= OF_A_PERSON - {"outbox"} | {"messages"}
    assert [entry["amount"] for entry in mine["transactions"]] == ["-420.5000", "90000.0000"]
    assert person.user["id"] in str(mine)
    assert stranger.user["id"] not in str(mine)
    told = {name for entries in mine.values() if isinstance(entries, list) for entry in entries for name in entry}
    assert told.isdisjoint({"password_hash", "token_hash", "key_hash", "secret", "old_secret", "session"})


def erase(http: httpx.Client, headers: Mapping[str, str] = MappingProxyType({}), **body: str) -> httpx.Response:
    return http.request("DELETE", "/users/me", json=body, headers=headers)


def traces(postgres: psycopg.Connection[Any], name: str) -> dict[str, list[str]]:
    """Rows of any table that hold this text anywhere, as text."""
    tables = postgres.execute(
        "SELECT table_schema, table_name FROM information_schema.tables"
        " WHERE table_schema IN ('public', 'checkpoints') AND table_type = 'BASE TABLE'"
    ).fetchall()
    found = {}
    for schema, table in tables:
        query = sql.SQL("SELECT t::text FROM {} AS t WHERE t::text LIKE %s").format(sql.Identifier(schema, table))
        if rows := [row[0] for row in postgres.execute(query, [f"%{name}%"]).fetchall()]:
            found[table] = rows
    return found


def elsewhere(engines: Engines, user_id: str, run_ids: list[str]) -> list[str]:
    """Where the other stores know the person."""
    graph = engines[Engine.GRAPH]
    known = []
    with GraphDatabase.driver(graph.url, auth=(str(graph.username), str(graph.password))) as driver:
        known += [
            f"graph {record[0]}"
            for record in driver.execute_query(
                "MATCH (n) WHERE n.owner = $id OR n.id = $id RETURN labels(n)", id=user_id
            ).records
        ]
    with MongoClient[dict[str, Any]](engines[Engine.MONGO].url) as mongo:
        known += ["mongo"] * mongo["nivesh"]["conversations"].count_documents({"userId": user_id})
    client = redis.Redis.from_url(engines[Engine.REDIS].url)
    known += ["redis run" for run_id in run_ids if client.exists(f"run:{{{run_id}}}")]
    known += [f"redis {key.decode().partition(':')[0]}" for key in client.scan_iter(f"*{user_id}*")]
    known += [
        "redis session" for key in client.scan_iter("session:*") if client.hget(key, "userId") == user_id.encode()
    ]
    return known


def until_told(postgres: psycopg.Connection[Any], user_id: str) -> None:
    pending = "SELECT count(*) FROM outbox WHERE key = %s AND delivered_at IS NULL"
    deadline = time.monotonic() + 30
    while postgres.execute(pending, [user_id]).fetchone() != (0,):
        assert time.monotonic() < deadline
        time.sleep(0.05)


def test_nothing_is_kept_of_an_erased_person(server: Server, stranger: Person) -> None:
    with looking_into(server) as (engines, postgres), Person.register(server.url) as person:
        user_id, key = person.user["id"], live(person, server)
        live(stranger, server)
        for known in (user_id, stranger.user["id"]):
            until_told(postgres, known)
        query = "SELECT id FROM runs WHERE user_id = %s"
        run_ids = [str(row[0]) for row in postgres.execute(query, [UUID(user_id)]).fetchall()]
        assert set(traces(postgres, user_id)) >= OF_A_PERSON
        assert traces(postgres, run_ids[0]).keys() >= {"runs", "feedback", "states"}
        assert set(elsewhere(engines, user_id, run_ids)) >= KNOWN_ELSEWHERE

        password = person.credentials["password"]
        by_key = {"Authorization": f"Bearer {key}"}

        look_at_export(person, stranger)
        assert person.http.get("/users/me/export", headers=by_key).status_code == 403
        assert erase(person.http, headers=by_key, password=password).status_code == 403
        assert erase(person.http, password="wrong one").status_code == 401
        assert erase(person.http).status_code == 422
        erased = erase(person.http, password=password)
        assert erased.status_code == 202, erased.text
        assert person.http.get("/users/me").status_code == 401
        assert person.http.get("/users/me", headers=by_key).status_code == 401
        assert person.http.post("/auth/login", json=person.credentials).status_code == 401
        until_told(postgres, user_id)

        left = traces(postgres, user_id)
        assert set(left) == {"outbox", "erasures"}
        assert all("UserErased" in row for row in left["outbox"])
        assert [row for row in left["erasures"] if erased.json()["id"] in row]
        assert elsewhere(engines, user_id, run_ids) == []
        for run_id in run_ids:
            assert traces(postgres, run_id) == {}
        assert elsewhere(engines, stranger.user["id"], [])
        assert stranger.http.get("/goals").json()["goals"]


def test_a_run_that_goes_on_elsewhere_ends_with_its_person(pair: tuple[Server, Server], person: Person) -> None:
    run_id, _, _ = ask_and_leave(person, SLOW, until=5)
    user_id = person.user["id"]
    with at(pair[1], person) as http:
        erased = erase(http, password=person.credentials["password"])
        assert erased.status_code == 202, erased.text
    with looking_into(pair[0]) as (engines, postgres):
        until_told(postgres, user_id)
        assert set(traces(postgres, user_id)) <= {"outbox", "erasures"}
        assert set(traces(postgres, run_id)) <= {"outbox"}
        assert elsewhere(engines, user_id, [run_id]) == []
