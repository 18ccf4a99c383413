"""A program of its own in this process, households of several seeds in it, and a way to talk to it."""

from __future__ import annotations

import secrets
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Final

from agents.approvals import ApprovalDesk
from agents.context import TurnContext
from agents.graph import build_graph
from agents.models.offline.model import OfflineModel
from agents.models.port import Message
from agents.person import Person
from agents.runs.events import EventType, RunEvent, parse
from agents.runs.sink import RunSink
from api.bootstrap import Application, open_application
from api.settings import Settings, Workers
from data.sample import SampleHousehold, generate_household
from prompts.library import load_prompt
from services.conversation.application.accept_turn import AcceptTurnRequest
from services.financial.application.import_statement import ImportStatementRequest
from services.financial.application.open_account import OpenAccountRequest
from services.financial.domain.account import AccountType
from services.goals.application.create_goal import CreateGoalRequest
from services.goals.domain.goal import GoalType
from services.shared.domain.clock import FixedClock
from services.shared.domain.identity import Identity
from services.shared.domain.ids import ConversationId, UserId, new_uuid
from services.shared.domain.money import Money
from services.user.application.register_user import RegisterUserRequest
from services.user.domain.roles import Role, scopes_of
from tests.support.oracle import Oracle

TODAY: Final = date(2026, 11, 24)
SEEDS: Final = (2, 12, 5)
CLOCK: Final = FixedClock(datetime(2026, 11, 24, 12, tzinfo=UTC))
ACCOUNTS: Final = {
    "hdfc_savings.csv": ("hdfc", AccountType.SAVINGS, "HDFC savings", "HDFC Bank"),
    "sbi_savings.csv": ("sbi", AccountType.SAVINGS, "SBI savings", "State Bank of India"),
    "icici_card.csv": ("icici", AccountType.CREDIT_CARD, "ICICI card", "ICICI Bank"),
}
GRAPH: Final = build_graph()
GOAL_NAME, GOAL_TARGET, GOAL_SAVED = "Trip to Ladakh", Decimal(150_000), Decimal("25000.50")


@dataclass(frozen=True, slots=True)
class Reply:
    """What came of one question."""

    events: list[RunEvent]
    conversation_id: ConversationId | None = None

    @property
    def text(self) -> str:
        return "".join(event.data["delta"] for event in self.events if event.type is EventType.TEXT_DELTA)

    @property
    def tools(self) -> list[str]:
        return [event.data["name"] for event in self.events if event.type is EventType.TOOL_CALL]

    @property
    def cited(self) -> set[str]:
        return {event.data["figure"] for event in self.events if event.type is EventType.CITATION}


@dataclass(slots=True)
class Family:
    """A person with a household's records, and what is true of them."""

    app: Application
    identity: Identity
    oracle: Oracle
    accounts: dict[str, str] = field(default_factory=dict)

    async def turn(self, question: str, conversation_id: ConversationId | None = None) -> Reply:
        """One turn as the program runs it, up to its end or to where it waits for an approval."""
        accepted = await self.app.engine.submit(
            self.identity,
            AcceptTurnRequest(
                user_id=self.identity.user_id,
                message=question,
                conversation_id=conversation_id,
                scopes=self.identity.scopes,
            ),
        )
        events: list[RunEvent] = []
        async for frames in self.app.engine.follow(accepted.run):
            events += parse(frames)
            if events[-1].is_waiting:
                break
        return Reply(events, accepted.run.conversation_id)

    async def talk(self, questions: Sequence[str]) -> Reply:
        """The last reply of a conversation: the graph, tools and gate of `turn` without a record of the runs."""
        earlier: list[Message] = []
        reply = Reply([])
        for question in questions:
            reply = await self._reply(question, list(earlier))
            earlier += [{"role": "user", "content": question}, {"role": "assistant", "content": reply.text}]
        return reply

    async def _reply(self, question: str, earlier: list[Message]) -> Reply:
        sink = RunSink(str(new_uuid()), lambda _: None)

        async def history() -> list[Message]:
            return earlier

        context = TurnContext(
            run_id=sink.run_id,
            identity=self.identity,
            person=Person(self.app.gateway, self.identity),
            question=question,
            today=TODAY,
            timezone="Asia/Kolkata",
            model=OfflineModel(),
            gateway=self.app.gateway,
            desk=ApprovalDesk(self.app.conversations.approvals, self.app.gateway),
            prompt=load_prompt("answer"),
            sink=sink,
            history=history,
        )
        await GRAPH.ainvoke({"whole": {}}, {"recursion_limit": 40}, context=context)
        taken = sink.take()
        return Reply(list(parse(taken.frames)) if taken else [])


@asynccontextmanager
async def program(home: Path) -> AsyncIterator[Application]:
    settings = Settings(
        home=home,
        workers=Workers.NONE,
        llm_base_url=None,
        llm_model=None,
        _env_file=None,
    )
    async with open_application(settings, CLOCK) as app:
        yield app


async def move_in(app: Application, seed: int) -> Family:
    """Register a person and load a household's exports, and a goal."""
    household = generate_household(seed, end=TODAY)
    session = await app.users.register_user(
        RegisterUserRequest(
            email=f"asha-{secrets.token_hex(6)}@example.in",
            password=secrets.token_urlsafe(16),
            first_name="Asha",
            last_name="Rao",
        )
    )
    user_id = UserId(session.user.user_id)
    family = Family(app, Identity(user_id, scopes_of([Role.USER])), Oracle(household))
    for filename, content in household.exports.items():
        family.accounts[ACCOUNTS[filename][0]] = await _import(app, user_id, household, filename, content)
    await app.goals.create_goal(
        CreateGoalRequest(
            user_id=user_id,
            name=GOAL_NAME,
            goal_type=GoalType.TRAVEL,
            target_amount=Money(GOAL_TARGET, "INR"),
            target_date=date(2027, 11, 30),
            saved_amount=Money(GOAL_SAVED, "INR"),
        )
    )
    return family


async def _import(app: Application, user_id: UserId, household: SampleHousehold, filename: str, content: bytes) -> str:
    key, kind, name, institution = ACCOUNTS[filename]
    opening = {str(account): amount for account, amount in household.truth.opening.items()}[key]
    opened = await app.finance.open_account(
        OpenAccountRequest(
            user_id=user_id,
            account_type=kind,
            name=name,
            institution=institution,
            opening_balance=Money(opening, "INR"),
        )
    )
    imported = await app.finance.import_statement(
        ImportStatementRequest(user_id=user_id, account_id=opened.account_id, content=content, filename=filename)
    )
    assert imported.imported > 0
    return str(opened.account_id)
