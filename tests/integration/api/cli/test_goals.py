"""`nivesh goals`: what is typed is parsed by the command, and its work done on the real use cases."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import orjson
import pytest
from sqlalchemy.ext.asyncio import AsyncEngine
from typer.testing import CliRunner

from api.account_balances import FinanceAccountBalances
from api.cli import goal_money, goal_plans, goals
from api.cli.main import app
from services.financial.application.open_account import OpenAccountRequest
from services.financial.application.use_cases import FinancialUseCases
from services.financial.domain.account import AccountType
from services.financial.infrastructure import wiring as financial_wiring
from services.goals.application.use_cases import GoalsUseCases
from services.goals.infrastructure import wiring as goals_wiring
from services.shared.domain.errors import InvalidInputError, NotFoundError
from services.shared.domain.identity import Identity
from services.shared.domain.ids import UserId
from services.shared.domain.money import Money

Work = Callable[[Any], Awaitable[None]]
TRIP = ("add", "Trip to Ladakh", "--amount", "1,50,000", "--by", "2040-03-31", "--type", "travel", "--monthly", "900")


@dataclass
class FakeApplication:
    goals: GoalsUseCases
    finance: FinancialUseCases


@dataclass
class FakeSession:
    application: FakeApplication
    identity: Identity


@dataclass
class Terminal:
    """Types commands; their work is done in the test's own event loop."""

    session: FakeSession
    capsys: pytest.CaptureFixture[str]
    works: list[Work]

    async def type(self, *words: str) -> str:
        self.works.clear()
        typed = CliRunner().invoke(app, ["goals", *words])
        assert typed.exit_code == 0, typed.output
        (work,) = self.works
        self.capsys.readouterr()
        await work(self.session)
        return self.capsys.readouterr().out

    async def table(self, *words: str) -> list[list[str]]:
        return [line.split("\t") for line in (await self.type(*words)).splitlines()]

    async def json(self, *words: str) -> dict[str, Any]:
        read: dict[str, Any] = orjson.loads(await self.type(*words, "--json"))
        return read


@pytest.fixture
def terminal(
    postgres_engine: AsyncEngine,
    unique_user: UserId,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> Terminal:
    finance = financial_wiring.build_use_cases(postgres_engine)
    accounts = FinanceAccountBalances(finance.list_accounts)
    goals_ = goals_wiring.build_use_cases(postgres_engine, accounts=accounts)
    works: list[Work] = []
    for module in (goals, goal_plans, goal_money):
        monkeypatch.setattr(module, "run", works.append)
    return Terminal(FakeSession(FakeApplication(goals_, finance), Identity(unique_user)), capsys, works)


async def test_a_goal_from_first_to_last(terminal: Terminal) -> None:
    assert (await terminal.json(*TRIP))["target_amount"] == "150000.00"
    assert (await terminal.json("update", "ladakh", "--priority", "1", "--monthly", "950"))["priority"] == 1
    assert (await terminal.json("contribute", "ladakh", "5000.50"))["saved_amount"] == "5000.50"
    assert (await terminal.json("contribute", "ladakh", "1000", "--back"))["saved_amount"] == "4000.50"
    heading, row = await terminal.table("list")
    assert heading[:4] == ["Name", "Type", "State", "Target"]
    assert row[:3] == ["Trip to Ladakh", "travel", "on_track"]
    assert row[heading.index("Saved")] == "4000.50"
    await terminal.type("delete", "ladakh", "--yes")
    assert len(await terminal.table("list")) == 1


async def test_accounts_are_linked_by_name(terminal: Terminal) -> None:
    await terminal.session.application.finance.open_account(
        OpenAccountRequest(
            user_id=terminal.session.identity.user_id,
            account_type=AccountType.SAVINGS,
            name="HDFC savings",
            institution="HDFC Bank",
            opening_balance=Money(Decimal("8000.40")),
        )
    )
    await terminal.type(*TRIP)
    assert (await terminal.json("link", "trip", "hdfc SAVINGS=50"))["linked_amount"] == "4000.20"
    assert (await terminal.json("link", "trip"))["linked_amount"] == "0.00"
    with pytest.raises(InvalidInputError, match="There are: HDFC savings"):
        await terminal.type("link", "trip", "SBI")


async def test_plan_simulation_and_what_if_agree(terminal: Terminal) -> None:
    await terminal.type(*TRIP)
    plan = dict(row for row in await terminal.table("plan", "ladakh"))
    assert plan["Takes each month, level"] == (await terminal.json("plan", "ladakh"))["required_monthly"]
    simulated = await terminal.json("simulate", "ladakh", "--seed", "5")
    assert simulated["seed"] == 5
    compared = await terminal.json("what-if", "ladakh", "--monthly", "2000", "--by", "2041-03-31", "--return", "9.5")
    assert compared["difference"]["months_left"] == 12
    assert Decimal(compared["after"]["shortfall_on_date"]) == 0
    table = await terminal.table("what-if", "ladakh", "--lump-sum", "10000")
    assert table[0] == ["", "Before", "After", "Difference"]
    fan = await terminal.table("simulate", "ladakh")
    assert fan[0] == ["On", "10%", "25%", "50%", "75%", "90%"]
    assert [Decimal(cell) for cell in fan[-1][1:]] == sorted(Decimal(cell) for cell in fan[-1][1:])


async def test_surplus_retirement_and_assumptions(terminal: Terminal) -> None:
    await terminal.type(*TRIP)
    heading, row = await terminal.table("allocate", "400", "--unit", "100")
    assert row[heading.index("Gets")] == "400.00"
    retired = await terminal.json("retire", "--age", "40", "--at", "60", "--expenses", "50000", "--monthly", "60000")
    assert retired["until_age"] == 90
    assert (
        dict(await terminal.table("retire", "--age", "40", "--at", "60", "--expenses", "50000"))["Saved now"] == "0.00"
    )
    changed = await terminal.table("assumptions", "--set", "life_expectancy_years=85")
    assert ["life_expectancy_years", "85", "yours"] in [row[:3] for row in changed]
    retired = await terminal.json("retire", "--age", "40", "--at", "60", "--expenses", "50000")
    assert retired["until_age"] == 85
    reset = await terminal.json("assumptions", "--reset")
    assert not any(figure["personal"] for figure in reset["figures"])


async def test_wrong_words_are_told(terminal: Terminal) -> None:
    with pytest.raises(NotFoundError, match="no such goal"):
        await terminal.type("plan", "nothing")
    with pytest.raises(InvalidInputError, match="SURPLUS must be a decimal number"):
        await terminal.type("allocate", "much")
    await terminal.type(*TRIP)
    with pytest.raises(InvalidInputError, match="Say what would change"):
        await terminal.type("what-if", "ladakh")
    with pytest.raises(InvalidInputError, match="There is no assumption 'luck'"):
        await terminal.type("assumptions", "--set", "luck=7")
    wrong = CliRunner().invoke(app, ["goals", "add", "x", "--amount", "1", "--by", "someday"])
    assert wrong.exit_code == 2
