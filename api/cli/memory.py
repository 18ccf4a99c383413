"""`nivesh memory` and `nivesh usage`: what is remembered of this machine's person, and what answering has taken."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Annotated
from uuid import UUID

import typer

from api.cli.report import AsJson, Report, print_json, run, say

if TYPE_CHECKING:
    from api.cli.session import Session

app = typer.Typer(help="What is remembered of you for later answers.", no_args_is_help=True)

MemoryIdArgument = Annotated[UUID, typer.Argument(help="Id, as `nivesh memory list` shows it.")]
TextArgument = Annotated[str, typer.Argument(help="One sentence.")]


@app.command("list")
def list_memories(as_json: AsJson = False) -> None:
    """Everything that is remembered."""

    async def work(session: Session) -> None:
        from services.conversation.application.memory.list_memories import ListMemoriesRequest
        from tools.memory import MemoriesResult, MemoryResult

        found = await session.application.conversations.memory.list(
            ListMemoriesRequest(user_id=session.identity.user_id)
        )
        if as_json:
            print_json(MemoriesResult(tuple(MemoryResult(one.id, one.text) for one in found)))
            return
        report = Report("Id", "Since", "What")
        for one in found:
            report.add(one.id, f"{one.created_at:%Y-%m-%d}", one.text)
        report.print(empty="Nothing is remembered. Add something with: nivesh memory add TEXT")

    run(work)


@app.command()
def add(text: TextArgument) -> None:
    """Have something remembered."""

    async def work(session: Session) -> None:
        from services.conversation.application.memory.remember import RememberRequest

        await session.application.conversations.memory.remember(
            RememberRequest(user_id=session.identity.user_id, text=text)
        )
        say("Remembered.")

    run(work)


@app.command()
def correct(memory_id: MemoryIdArgument, text: TextArgument) -> None:
    """Give a memory another text."""

    async def work(session: Session) -> None:
        from services.conversation.application.memory.correct_memory import CorrectMemoryRequest
        from services.shared.domain.ids import MemoryId

        await session.application.conversations.memory.correct(
            CorrectMemoryRequest(user_id=session.identity.user_id, memory_id=MemoryId(memory_id), text=text)
        )
        say("Corrected.")

    run(work)


@app.command()
def forget(memory_id: MemoryIdArgument) -> None:
    """Erase a memory."""

    async def work(session: Session) -> None:
        from services.conversation.application.memory.forget_memory import ForgetMemoryRequest
        from services.shared.domain.ids import MemoryId

        await session.application.conversations.memory.forget(
            ForgetMemoryRequest(user_id=session.identity.user_id, memory_id=MemoryId(memory_id))
        )
        say("Forgotten.")

    run(work)


def usage(
    from_: Annotated[datetime | None, typer.Option("--from", formats=["%Y-%m-%d"], help="First day.")] = None,
    to: Annotated[datetime | None, typer.Option("--to", formats=["%Y-%m-%d"], help="Last day.")] = None,
    as_json: AsJson = False,
) -> None:
    """Tokens and cost of your questions, the last 30 days unless told otherwise."""

    async def work(session: Session) -> None:
        from services.conversation.application.usage.get_usage import GetUsageRequest

        view = await session.application.conversations.get_usage(
            GetUsageRequest(
                user_id=session.identity.user_id,
                start=from_.date() if from_ else None,
                end=to.date() if to else None,
            )
        )
        if as_json:
            print_json(view)
            return
        report = Report("Day", "Model", ">Questions", ">Tokens in", ">Tokens out", ">US$")
        for day in view.days:
            report.add(day.day, day.model, day.runs, day.prompt_tokens, day.completion_tokens, day.cost_usd)
        report.print(empty="No questions were asked in this period.")
        say(f"{view.runs} questions from {view.from_} to {view.to}, US$ {view.cost_usd:f} at list prices.")

    run(work)
