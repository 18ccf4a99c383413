"""Asking on the terminal: once, or in a conversation."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from functools import partial

from agents.runs.events import RunEvent, parse
from api.cli.answers import AnswerPrinter
from api.cli.approving import ask_for_word
from api.cli.console import err, fail, out
from api.cli.session import Session, open_session
from services.conversation.application.accept_turn import AcceptTurnRequest
from services.conversation.domain.run import Run
from services.shared.domain.errors import NiveshError
from services.shared.domain.ids import ConversationId

_GOODBYES = {"exit", "quit", "bye", ":q"}


async def ask_once(question: str) -> bool:
    """Ask one question and print the answer; whether there was one."""
    async with open_session() as session:
        return await _ask(session, question, None) is not None


async def talk() -> bool:
    """Read questions until the input ends or somebody says goodbye."""
    async with open_session() as session:
        if err.is_terminal:
            err.print("Ask about your money. 'exit' or Ctrl-D ends.", style="dim")
        conversation: ConversationId | None = None
        while (question := await _read()) is not None:
            try:
                conversation = await _ask(session, question, conversation) or conversation
            except NiveshError as error:
                fail(error.detail)
    return True


async def _read() -> str | None:
    """The next question; None at the end of the input or after a goodbye."""
    while True:
        try:
            line = (await asyncio.to_thread(out.input, "[bold]you ›[/] " if out.is_terminal else "")).strip()
        except EOFError:
            return None
        if line.lower() in _GOODBYES:
            return None
        if line:
            return line


async def _ask(session: Session, question: str, conversation: ConversationId | None) -> ConversationId | None:
    """Ask and print; the conversation's id, or None when the run failed."""
    identity = session.identity
    accepted = await session.application.engine.submit(
        identity,
        AcceptTurnRequest(
            user_id=identity.user_id, message=question, conversation_id=conversation, scopes=identity.scopes
        ),
    )
    printer = AnswerPrinter(out, partial(ask_for_word, session))
    await printer.show(_events(session, accepted.run))
    if printer.failed is not None:
        fail(str(printer.failed["detail"]))
        return None
    return accepted.run.conversation_id


async def _events(session: Session, run: Run) -> AsyncIterator[RunEvent]:
    async for frames in session.application.engine.follow(run):
        for event in parse(frames):
            yield event
