"""One value written to and read from each engine, by the drivers that the project uses."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass

import asyncpg
from neo4j import AsyncGraphDatabase
from pymongo import AsyncMongoClient
from redis.asyncio import Redis

from data.embedded import Engine, EngineAddress

Write = Callable[[EngineAddress, int], Awaitable[None]]
Read = Callable[[EngineAddress], Awaitable[set[int]]]


@dataclass(frozen=True, slots=True)
class Store:
    """`write` returns when the engine has acknowledged the number; `read` gives all numbers there are."""

    write: Write
    read: Read


async def _write_row(address: EngineAddress, number: int) -> None:
    connection = await asyncpg.connect(address.url)
    await connection.execute("CREATE TABLE IF NOT EXISTS numbers (number int PRIMARY KEY)")
    await connection.execute("INSERT INTO numbers VALUES ($1)", number)
    await connection.close()


async def _read_rows(address: EngineAddress) -> set[int]:
    connection = await asyncpg.connect(address.url)
    rows = await connection.fetch("SELECT number FROM numbers")
    await connection.close()
    return {int(row["number"]) for row in rows}


async def _write_document(address: EngineAddress, number: int) -> None:
    async with AsyncMongoClient[dict[str, int]](address.url) as client:
        await client["nivesh"]["numbers"].insert_one({"number": number})


async def _read_documents(address: EngineAddress) -> set[int]:
    async with AsyncMongoClient[dict[str, int]](address.url) as client:
        return {document["number"] async for document in client["nivesh"]["numbers"].find()}


async def _write_key(address: EngineAddress, number: int) -> None:
    async with Redis.from_url(address.url) as client:
        await client.set(f"number:{number}", number)


async def _read_keys(address: EngineAddress) -> set[int]:
    async with Redis.from_url(address.url) as client:
        return {int(key.split(b":")[1]) async for key in client.scan_iter("number:*")}


async def _write_node(address: EngineAddress, number: int) -> None:
    auth = (address.username or "", address.password or "")
    async with AsyncGraphDatabase.driver(address.url, auth=auth) as driver:
        await driver.execute_query(
            "CREATE CONSTRAINT number IF NOT EXISTS FOR (n:Number) REQUIRE n.number IS UNIQUE", database_="nivesh"
        )
        await driver.execute_query("MERGE (n:Number {number: $number})", number=number, database_="nivesh")


async def _read_nodes(address: EngineAddress) -> set[int]:
    auth = (address.username or "", address.password or "")
    async with AsyncGraphDatabase.driver(address.url, auth=auth) as driver:
        found = await driver.execute_query("MATCH (n:Number) RETURN n.number AS number", database_="nivesh")
        return {int(record["number"]) for record in found.records}


STORES: Mapping[Engine, Store] = {
    Engine.POSTGRES: Store(_write_row, _read_rows),
    Engine.MONGO: Store(_write_document, _read_documents),
    Engine.REDIS: Store(_write_key, _read_keys),
    Engine.GRAPH: Store(_write_node, _read_nodes),
}
