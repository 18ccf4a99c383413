"""`nivesh conversations` in a pipe and as JSON, on what somebody asked."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, nullcontext
from functools import partial
from types import SimpleNamespace
from typing import Any

import pytest
from typer.testing import CliRunner

from api.cli import report, session
from api.cli.main import app
from data.embedded import EngineAddress
from data.mongo import create_mongo
from data.postgres import create_engine
from services.conversation.application.accept_turn import AcceptTurnRequest
from services.conversation.application.complete_turn import CompleteTurnRequest
from services.conversation.application.record_turn_in_chat_log import RecordTurnInChatLogRequest
from services.conversation.application.use_cases import ConversationUseCases
from services.conversation.domain.run import Run, RunResult
from services.conversation.infrastructure.wiring import build_use_cases, prepare_stores
from services.shared.domain.identity import Identity
from services.shared.domain.ids import MessageId, UserId, new_uuid
from tests.integration.api.cli.conftest import Command


@pytest.fixture
def opened(postgres_url: str, postgres_engine: object, mongo_address: EngineAddress) -> Callable[[], Any]:
    """The use cases, for an event loop of their own; the engine fixture has migrated the database."""
    assert postgres_engine

    @asynccontextmanager
    async def open_use_cases() -> AsyncIterator[ConversationUseCases]:
        engine, mongo = create_engine(postgres_url), create_mongo(mongo_address.url)
        try:
            await prepare_stores(mongo["nivesh"])
            yield build_use_cases(engine, mongo["nivesh"])
        finally:
            await engine.dispose()
            await mongo.close()

    return open_use_cases


@pytest.fixture
def conversations(opened: Callable[[], Any], unique_user: UserId, monkeypatch: pytest.MonkeyPatch) -> Command:
    """The commands of `nivesh conversations`, over the tests' databases."""

    @asynccontextmanager
    async def open_session() -> AsyncIterator[Any]:
        async with opened() as use_cases:
            yield SimpleNamespace(application=SimpleNamespace(conversations=use_cases), identity=Identity(unique_user))

    monkeypatch.setattr(session, "open_session", open_session)
    monkeypatch.setattr(report, "engines_boot_meanwhile", nullcontext)
    return lambda *arguments, **more: CliRunner().invoke(app, ("conversations", *arguments), **more)


def asked(opened: Callable[[], Any], user_id: UserId, question: str, answer: str) -> Run:
    """A turn, answered and in the chat log."""

    async def work() -> Run:
        async with opened() as use_cases:
            run = (await use_cases.accept_turn(AcceptTurnRequest(user_id=user_id, message=question))).run
            result = RunResult(
                answer=answer,
                message_id=MessageId(new_uuid()),
                model="offline",
                prompt_tokens=1,
                completion_tokens=1,
                citations=(),
            )
            done: Run = await use_cases.complete_turn(CompleteTurnRequest(user_id=user_id, run=run, result=result))
            await use_cases.record_turn_in_chat_log(RecordTurnInChatLogRequest(user_id=user_id, run_id=run.id))
            return done

    return asyncio.run(work())


@pytest.fixture
def ask(opened: Callable[[], Any], unique_user: UserId) -> Callable[..., Run]:
    return partial(asked, opened, unique_user)


def test_list_and_show(conversations: Command, ask: Callable[..., Run]) -> None:
    assert conversations("list").stdout == "Id\tLast used\tTitle\n"
    run = ask("What did I spend?", "You spent ₹5.\nThat is all.")
    heading, line = conversations("list").stdout.splitlines()
    assert (heading, line.split("\t")[::2]) == (
        "Id\tLast used\tTitle",
        [str(run.conversation_id), "What did I spend?"],
    )
    shown = conversations("show", str(run.conversation_id))
    assert shown.exit_code == 0, shown.exception
    _, question, answer = (row.split("\t") for row in shown.stdout.splitlines())
    assert question[1:] == ["user", str(run.id), "What did I spend?"]
    assert answer[1:] == ["assistant", str(run.id), "You spent ₹5. That is all."]
    printed = json.loads(conversations("show", str(run.conversation_id), "--json").stdout)
    assert [message["content"] for message in printed["messages"]] == [run.user_message, run.answer]
    assert printed["head_run_id"] == str(run.id)


def test_pages(conversations: Command, ask: Callable[..., Run]) -> None:
    runs = [ask(f"Question {number}?", "Yes.") for number in range(3)]
    first = json.loads(conversations("list", "--limit", "2", "--json").stdout)
    second = json.loads(conversations("list", "--limit", "2", "--cursor", first["next_cursor"], "--json").stdout)
    found = [one["id"] for one in first["conversations"] + second["conversations"]]
    assert found == [str(run.conversation_id) for run in reversed(runs)]
    assert second["next_cursor"] is None


def test_rename_rate_and_delete(conversations: Command, ask: Callable[..., Run]) -> None:
    run = ask("What did I spend?", "You spent ₹5.")
    renamed = conversations("rename", str(run.conversation_id), "Spending", "--json")
    assert json.loads(renamed.stdout)["title"] == "Spending"
    rated = conversations("rate", str(run.id), "down", "--reason", "incomplete", "--comment", "And fuel?", "--json")
    given = json.loads(rated.stdout)
    assert (given["rating"], given["reason"], given["comment"]) == ("down", "incomplete", "And fuel?")
    assert conversations("delete", str(run.conversation_id), input="n\n").exit_code == 1
    assert "Spending" in conversations("list").stdout
    assert conversations("delete", str(run.conversation_id), "--yes").exit_code == 0
    assert "Spending" not in conversations("list").stdout


@pytest.mark.parametrize(
    "arguments",
    [
        ("show", "nonsense"),
        ("show", str(new_uuid()), "--turns", "0"),
        ("list", "--limit", "101"),
        ("rate", str(new_uuid()), "sideways"),
        ("rate", str(new_uuid()), "up", "--reason", "fun"),
    ],
)
def test_wrong_use_is_refused_with_exit_code_2(conversations: Command, arguments: tuple[str, ...]) -> None:
    assert conversations(*arguments).exit_code == 2


@pytest.mark.parametrize(
    "arguments", [("show",), ("rename", "Title"), ("rate", "up"), ("delete", "--yes")], ids=lambda words: words[0]
)
def test_what_is_not_there_is_told(conversations: Command, arguments: tuple[str, ...]) -> None:
    command, *rest = arguments
    failed = conversations(command, str(new_uuid()), *rest)
    assert (failed.exit_code, failed.stdout) == (1, "")
    assert "among yours" in str(failed.exception)
