"""Where goals stand, and that each change of it is told once."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from services.goals.application.check_goals import CheckAllGoals, CheckGoals, CheckGoalsRequest
from services.goals.application.create_goal import CreateGoal, CreateGoalRequest
from services.goals.application.link_accounts import LinkAccounts, LinkAccountsRequest
from services.goals.application.planning.set_assumptions import SetAssumptions, SetAssumptionsRequest
from services.goals.application.record_contribution import RecordContribution, RecordContributionRequest
from services.goals.application.update_goal import UpdateGoal, UpdateGoalRequest
from services.goals.domain.errors import GoalNotFoundError
from services.goals.domain.goal import Goal, GoalState, GoalType
from services.goals.domain.planning.default_assumptions import default_assumptions
from services.goals.domain.planning.plan import contribution_now
from services.goals.domain.planning.standing import judge
from services.goals.domain.savings import AccountLink
from services.shared.domain.clock import FixedClock
from services.shared.domain.errors import InvalidInputError, NotFoundError
from services.shared.domain.ids import AccountId, GoalId, UserId, new_uuid
from services.shared.domain.money import Money
from tests.unit.services.goals.fakes import FakeAccounts, FakeUnitOfWork

USER = UserId(new_uuid())
DAY = date(2026, 11, 25)


class Clock:
    def __init__(self, day: date = DAY) -> None:
        self.day = day

    def now(self) -> datetime:
        return FixedClock(datetime(self.day.year, self.day.month, self.day.day, 12, tzinfo=UTC)).now()


@dataclass
class World:
    unit: FakeUnitOfWork = field(default_factory=FakeUnitOfWork)
    accounts: FakeAccounts = field(default_factory=FakeAccounts)
    clock: Clock = field(default_factory=Clock)

    async def create(self, *, monthly: str = "0", target: str = "100000", **more: object) -> Goal:
        request = CreateGoalRequest(
            user_id=USER,
            name="Bicycle",
            goal_type=GoalType.CUSTOM,
            target_amount=Money(Decimal(target)),
            target_date=date(2028, 11, 25),
            monthly_contribution=Money(Decimal(monthly)) if Decimal(monthly) else None,
            **more,  # type: ignore[arg-type]
        )
        return (await CreateGoal(lambda: self.unit, self.clock)(request)).goal

    async def update(self, goal_id: GoalId, **changes: object) -> Goal:
        request = UpdateGoalRequest(user_id=USER, goal_id=goal_id, **changes)  # type: ignore[arg-type]
        return (await UpdateGoal(lambda: self.unit, self.accounts, self.clock)(request)).goal

    async def contribute(self, goal_id: GoalId, amount: str) -> Goal:
        request = RecordContributionRequest(user_id=USER, goal_id=goal_id, amount=Decimal(amount))
        return (await RecordContribution(lambda: self.unit, self.accounts, self.clock)(request)).goal.goal

    async def link(self, goal_id: GoalId, *links: AccountLink) -> Goal:
        request = LinkAccountsRequest(user_id=USER, goal_id=goal_id, links=links)
        return (await LinkAccounts(lambda: self.unit, self.accounts, self.clock)(request)).goal

    async def check(self) -> int:
        return await self.checker(CheckGoalsRequest(user_id=USER))

    @property
    def checker(self) -> CheckGoals:
        return CheckGoals(lambda: self.unit, self.unit.store, self.accounts, self.clock)

    def told(self) -> list[str]:
        names = [event.name for event in self.unit.published]
        return [name for name in names if name in ("GoalReached", "GoalOffTrack")]


@pytest.fixture
def world() -> World:
    return World()


async def test_off_track_is_told_once_until_it_changes(world: World) -> None:
    goal = await world.create(monthly="1000")
    assert goal.state is GoalState.OFF_TRACK
    assert world.told() == ["GoalOffTrack"]
    assert [await world.check() for _ in range(3)] == [0, 0, 0]
    assert (await world.update(goal.id, monthly_contribution=Decimal(6000))).state is GoalState.ON_TRACK
    assert world.told() == ["GoalOffTrack"]
    assert (await world.update(goal.id, monthly_contribution=Decimal(900))).state is GoalState.OFF_TRACK
    assert world.told() == ["GoalOffTrack", "GoalOffTrack"]


async def test_reached_is_told_once_and_outlives_a_month_of_inflation(world: World) -> None:
    goal = await world.create()
    assert (await world.contribute(goal.id, "100000")).state is GoalState.REACHED
    assert world.told() == ["GoalReached"]
    world.clock.day = date(2027, 6, 25)
    assert await world.check() == 0
    assert (await world.contribute(goal.id, "1")).state is GoalState.REACHED
    assert (await world.contribute(goal.id, "-50000")).state is GoalState.UNPLANNED
    assert (await world.contribute(goal.id, "70000")).state is GoalState.REACHED
    assert world.told() == ["GoalReached", "GoalReached"]


async def test_the_day_that_comes_without_the_money_is_off_track(world: World) -> None:
    goal = await world.create()
    assert goal.state is GoalState.UNPLANNED
    world.clock.day = goal.target_date
    assert await world.check() == 1
    assert await world.check() == 0
    assert world.told() == ["GoalOffTrack"]


async def test_a_linked_account_moves_a_goal(world: World) -> None:
    goal = await world.create()
    account = world.accounts.open("1000")
    assert (await world.link(goal.id, AccountLink(account))).state is GoalState.UNPLANNED
    world.accounts.set(account, "150000")
    assert await world.check() == 1
    assert await world.check() == 0
    assert world.told() == ["GoalReached"]
    assert (await world.link(goal.id)).state is GoalState.UNPLANNED


async def test_shares_of_an_account_are_given_away_once(world: World) -> None:
    first, second = await world.create(), await world.create()
    account = world.accounts.open("1000")
    await world.link(first.id, AccountLink(account, Decimal(60)))
    with pytest.raises(InvalidInputError, match=r"Only 40\.00% of the account"):
        await world.link(second.id, AccountLink(account, Decimal("40.01")))
    await world.link(second.id, AccountLink(account, Decimal(40)))
    with pytest.raises(InvalidInputError, match="named twice"):
        await world.link(second.id, AccountLink(account, Decimal(1)), AccountLink(account, Decimal(1)))
    with pytest.raises(NotFoundError, match="no account"):
        await world.link(second.id, AccountLink(world.accounts.open("1")), AccountLink(AccountId(new_uuid())))
    with pytest.raises(InvalidInputError, match="in USD and the goal in INR"):
        await world.link(second.id, AccountLink(world.accounts.open("1", currency="USD")))


async def test_a_debt_is_paid_off_as_less_is_owed(world: World) -> None:
    request = CreateGoalRequest(
        user_id=USER,
        name="Car loan",
        goal_type=GoalType.DEBT_PAYOFF,
        target_amount=Money(Decimal(300_000)),
        target_date=date(2029, 1, 1),
    )
    view = await CreateGoal(lambda: world.unit, world.clock)(request)
    assert not view.goal.inflation_adjusted
    loan = world.accounts.open("-120000", name="Car loan")
    linked = await LinkAccounts(lambda: world.unit, world.accounts, world.clock)(
        LinkAccountsRequest(user_id=USER, goal_id=view.goal.id, links=(AccountLink(loan),))
    )
    assert linked.savings.total == Money(Decimal(180_000))
    assert linked.progress.progress_percent == 60
    world.accounts.set(loan, "0", name="Car loan")
    assert await world.check() == 1
    assert world.told() == ["GoalReached"]


async def test_own_assumptions_judge_goals_anew(world: World) -> None:
    goal = await world.create(monthly="4400")
    assert goal.state is GoalState.ON_TRACK
    change = SetAssumptions(lambda: world.unit, world.accounts, world.clock)
    await change(SetAssumptionsRequest(user_id=USER, values={"inflation.general_percent": Decimal(15)}))
    assert world.told() == ["GoalOffTrack"]
    view = await change(SetAssumptionsRequest(user_id=USER, values={"inflation.general_percent": None}))
    assert not any(figure.personal for figure in view.figures)
    for values in ({"inflation.general_percent": Decimal(21)}, {"luck": Decimal(1)}, {"luck": None}):
        with pytest.raises(InvalidInputError):
            await change(SetAssumptionsRequest(user_id=USER, values=values))


async def test_everybody_is_checked(world: World) -> None:
    goal = await world.create()
    world.clock.day = goal.target_date
    assert await CheckAllGoals(world.unit.store, world.checker)() == 1
    assert await CheckAllGoals(world.unit.store, world.checker)() == 0


async def test_another_persons_goal_is_not_there(world: World) -> None:
    goal = await world.create()
    stranger = UserId(new_uuid())
    with pytest.raises(GoalNotFoundError):
        await UpdateGoal(lambda: world.unit, world.accounts, world.clock)(
            UpdateGoalRequest(user_id=stranger, goal_id=goal.id, priority=1)
        )
    with pytest.raises(GoalNotFoundError):
        await RecordContribution(lambda: world.unit, world.accounts, world.clock)(
            RecordContributionRequest(user_id=stranger, goal_id=goal.id, amount=Decimal(1))
        )
    with pytest.raises(GoalNotFoundError):
        await LinkAccounts(lambda: world.unit, world.accounts, world.clock)(
            LinkAccountsRequest(user_id=stranger, goal_id=goal.id, links=())
        )


async def test_a_contribution_not_made_yet_this_month_is_not_late(world: World) -> None:
    """What is just enough stays on track from day to day, though whole months count down."""
    goal = await world.create(monthly="4500")
    for day in (date(2026, 12, 1), date(2026, 12, 24), date(2026, 12, 25)):
        saved = Money(Decimal(4500 if day == date(2026, 12, 25) else 0))
        assert judge(goal, saved, default_assumptions(), day) is GoalState.ON_TRACK
    assert judge(goal, Money(Decimal(0)), default_assumptions(), date(2027, 3, 26)) is GoalState.OFF_TRACK


async def test_step_ups_that_are_due_count(world: World) -> None:
    goal = await world.create(monthly="1000", step_up_percent=Decimal(10))
    assert contribution_now(goal, date(2027, 11, 24)) == Money(Decimal(1000))
    assert contribution_now(goal, date(2027, 11, 25)) == Money(Decimal(1100))
    world.clock.day = date(2027, 12, 1)
    changed = await world.update(goal.id, step_up_percent=Decimal(5))
    assert (changed.planned_monthly, changed.contributes_from) == (Money(Decimal(1100)), date(2027, 12, 1))


async def test_a_new_amount_is_at_todays_prices(world: World) -> None:
    goal = await world.create()
    world.clock.day = date(2027, 11, 25)
    assert (await world.update(goal.id, name="Better bicycle")).prices_of == DAY
    assert (await world.update(goal.id, target_amount=Decimal(1))).prices_of == date(2027, 11, 25)
