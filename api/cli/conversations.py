"""`nivesh conversations`: what was asked and answered, to read, rename, rate and delete."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Annotated, Literal
from uuid import UUID

import typer

from api.cli.console import out
from api.cli.report import AsJson, Report, print_response, run, say

if TYPE_CHECKING:
    from datetime import datetime

    from api.cli.session import Session
    from services.conversation.domain.message import Message

app = typer.Typer(help="Conversations: list, show, rename, rate, delete.", no_args_is_help=True)

IdArgument = Annotated[UUID, typer.Argument(help="Id, as `nivesh conversations list` shows it.")]
RunArgument = Annotated[UUID, typer.Argument(help="The answer's run, as `nivesh conversations show` shows it.")]


@app.command("list")
def list_conversations(
    limit: Annotated[int, typer.Option(min=1, max=100, help="How many.")] = 20,
    cursor: Annotated[str | None, typer.Option(help="`next_cursor` of the JSON before: older ones.")] = None,
    as_json: AsJson = False,
) -> None:
    """Your conversations, the last used first."""

    async def work(session: Session) -> None:
        from services.conversation.application.list_conversations import ListConversationsRequest
        from services.conversation.presentation.schemas import ConversationListResponse

        page = await session.application.conversations.list_conversations(
            ListConversationsRequest(user_id=session.identity.user_id, cursor=cursor, limit=limit)
        )
        if as_json:
            print_response(ConversationListResponse.of(page))
            return
        report = Report("Id", "Last used", "Title")
        for one in page.conversations:
            report.add(one.id, _moment(one.updated_at), one.title)
        report.print(empty="There is no conversation yet. Begin one with: nivesh chat")
        if page.next_cursor:
            say(f"There are older ones: nivesh conversations list --cursor {page.next_cursor}")

    run(work)


@app.command()
def show(
    conversation_id: IdArgument,
    turns: Annotated[int, typer.Option(min=1, max=100, help="How many turns, the last ones.")] = 50,
    before: Annotated[UUID | None, typer.Option(help="`before` of the JSON before: older turns.")] = None,
    branch: Annotated[UUID | None, typer.Option(help="A run of another branch than the chosen one.")] = None,
    as_json: AsJson = False,
) -> None:
    """What was said in a conversation."""

    async def work(session: Session) -> None:
        from services.conversation.application.get_conversation import GetConversationRequest
        from services.conversation.presentation.schemas import ConversationDetailResponse
        from services.shared.domain.ids import ConversationId, RunId

        view = await session.application.conversations.get_conversation(
            GetConversationRequest(
                user_id=session.identity.user_id,
                conversation_id=ConversationId(conversation_id),
                before=RunId(before) if before else None,
                branch=RunId(branch) if branch else None,
                turns=turns,
            )
        )
        if as_json:
            print_response(ConversationDetailResponse.of_view(view))
            return
        if view.page.before:
            say(f"There are older turns: nivesh conversations show {conversation_id} --before {view.page.before}", "")
        _print_messages(view.page.messages)

    run(work)


@app.command()
def rename(conversation_id: IdArgument, title: Annotated[str, typer.Argument()], as_json: AsJson = False) -> None:
    """Give a conversation a title of your own."""

    async def work(session: Session) -> None:
        from services.conversation.application.rename_conversation import RenameConversationRequest
        from services.conversation.presentation.schemas import ConversationResponse
        from services.shared.domain.ids import ConversationId

        renamed = await session.application.conversations.rename_conversation(
            RenameConversationRequest(
                user_id=session.identity.user_id, conversation_id=ConversationId(conversation_id), title=title
            )
        )
        if as_json:
            print_response(ConversationResponse.of(renamed))
            return
        say(f"It is called '{renamed.title}' now.")

    run(work)


@app.command()
def rate(
    run_id: RunArgument,
    rating: Annotated[Literal["up", "down"], typer.Argument(help="A thumb.")],
    reason: Annotated[
        Literal["correct", "clear", "wrong_figure", "misunderstood", "incomplete", "hard_to_read", "too_slow", "other"]
        | None,
        typer.Option(help="What was good or bad about it."),
    ] = None,
    comment: Annotated[str | None, typer.Option(help="In your own words.")] = None,
    as_json: AsJson = False,
) -> None:
    """Say what you thought of an answer; a later word takes the place of an earlier one."""

    async def work(session: Session) -> None:
        from services.conversation.application.feedback.give_feedback import GiveFeedbackRequest
        from services.conversation.domain.feedback.feedback import Rating, Reason
        from services.conversation.presentation.feedback.router import FeedbackResponse
        from services.shared.domain.ids import RunId

        given = await session.application.conversations.feedback.give(
            GiveFeedbackRequest(
                user_id=session.identity.user_id,
                run_id=RunId(run_id),
                rating=Rating(rating),
                reason=Reason(reason) if reason else None,
                comment=comment,
            )
        )
        if as_json:
            print_response(FeedbackResponse.of(given))
            return
        say("Rated.")

    run(work)


@app.command()
def delete(
    conversation_id: IdArgument,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
) -> None:
    """Delete a conversation and everything said in it."""

    async def work(session: Session) -> None:
        from services.conversation.application.delete_conversation import DeleteConversationRequest
        from services.shared.domain.ids import ConversationId

        if not yes:
            await asyncio.to_thread(typer.confirm, "Delete it and everything said in it?", abort=True)
        await session.application.conversations.delete_conversation(
            DeleteConversationRequest(user_id=session.identity.user_id, conversation_id=ConversationId(conversation_id))
        )
        say("Deleted.")

    run(work)


def _print_messages(messages: tuple[Message, ...]) -> None:
    """A dialogue on a terminal, a line for each message in a pipe."""
    if not out.is_terminal:
        report = Report("When", "Who", "Run", "Said")
        for message in messages:
            report.add(_moment(message.timestamp), message.role, message.run_id, message.content)
        report.print(empty="")
        return
    for message in messages:
        out.print(f"{_moment(message.timestamp)}  {message.role}  {message.run_id}", style="dim")
        out.print(message.content, markup=False)
        out.print()
    if not messages:
        out.print("Nothing has been said in it.")


def _moment(at: datetime) -> str:
    from services.shared.domain.clock import INDIA

    return f"{at.astimezone(INDIA):%Y-%m-%d %H:%M}"
