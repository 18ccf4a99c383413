"""What every `GoalRepository` and `GoalReader` must do: on the embedded engine, and by NIVESH_TEST_POSTGRES_URL."""

import dataclasses
from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from uuid import UUID

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from services.goals.application.unit_of_work import GoalsUnitOfWork, GoalsUnitOfWorkFactory
from services.goals.domain.contribution import Contribution
from services.goals.domain.goal import Goal, GoalState, GoalType
from services.goals.domain.repositories import GoalReader
from services.goals.domain.savings import AccountLink
from services.goals.infrastructure.postgres_goals import PostgresGoalReader, PostgresGoalsUnitOfWork
from services.shared.domain.ids import AccountId, GoalId, UserId, new_uuid
from services.shared.domain.money import Money


@pytest.fixture
def unit_of_work(postgres_engine: AsyncEngine) -> GoalsUnitOfWorkFactory:
    factory: Callable[[], GoalsUnitOfWork] = lambda: PostgresGoalsUnitOfWork(postgres_engine)  # noqa: E731
    return factory


@pytest.fixture
def reader(postgres_engine: AsyncEngine) -> GoalReader:
    return PostgresGoalReader(postgres_engine)


def goal_of(user_id: UserId, *, priority: int = 3, by: date = date(2031, 3, 31), amount: str = "500000") -> Goal:
    return Goal(
        id=GoalId(new_uuid()),
        user_id=user_id,
        name="घर",
        goal_type=GoalType.HOME,
        target_amount=Money(Decimal(amount)),
        target_date=by,
        saved_amount=Money(Decimal("0.01")),
        priority=priority,
        created_at=datetime(2026, 11, 24, 12, 0, 0, 123_456, tzinfo=UTC),
    )


async def keep(unit_of_work: GoalsUnitOfWorkFactory, *goals: Goal) -> None:
    async with unit_of_work() as unit:
        for goal in goals:
            await unit.goals.add(goal)
        await unit.commit()


@pytest.mark.parametrize("goal_type", list(GoalType))
async def test_a_goal_comes_back_exactly(
    unit_of_work: GoalsUnitOfWorkFactory, reader: GoalReader, unique_user: UserId, goal_type: GoalType
) -> None:
    goal = dataclasses.replace(goal_of(unique_user, amount="1000000000000000"), goal_type=goal_type)
    await keep(unit_of_work, goal)
    assert await reader.get(goal.id, unique_user) == goal
    assert await reader.list(unique_user) == [goal]


async def test_a_currency_keeps_its_own_minor_unit(
    unit_of_work: GoalsUnitOfWorkFactory, reader: GoalReader, unique_user: UserId
) -> None:
    goal = dataclasses.replace(
        goal_of(unique_user),
        target_amount=Money(Decimal("10.125"), "KWD"),
        saved_amount=Money(Decimal("0.001"), "KWD"),
    )
    await keep(unit_of_work, goal)
    assert await reader.get(goal.id, unique_user) == goal


async def test_the_list_goes_by_priority_then_day(
    unit_of_work: GoalsUnitOfWorkFactory, reader: GoalReader, unique_user: UserId
) -> None:
    late, soon, first = (
        goal_of(unique_user, by=date(2040, 1, 1)),
        goal_of(unique_user, by=date(2027, 1, 1)),
        goal_of(unique_user, priority=1, by=date(2050, 1, 1)),
    )
    await keep(unit_of_work, late, soon, first)
    assert await reader.list(unique_user) == [first, soon, late]


async def test_what_is_not_committed_is_not_kept(
    unit_of_work: GoalsUnitOfWorkFactory, reader: GoalReader, unique_user: UserId
) -> None:
    async with unit_of_work() as unit:
        await unit.goals.add(goal_of(unique_user))
    assert await reader.list(unique_user) == []


async def test_nobody_reads_or_removes_another_persons_goal(
    unit_of_work: GoalsUnitOfWorkFactory, reader: GoalReader, unique_user: UserId
) -> None:
    goal, other = goal_of(unique_user), UserId(new_uuid())
    await keep(unit_of_work, goal)
    assert await reader.get(goal.id, other) is None
    async with unit_of_work() as unit:
        assert not await unit.goals.remove(goal.id, other)
        await unit.commit()
    assert await reader.get(goal.id, unique_user) == goal


async def test_a_removed_goal_is_gone_once(
    unit_of_work: GoalsUnitOfWorkFactory, reader: GoalReader, unique_user: UserId
) -> None:
    goal, kept = goal_of(unique_user), goal_of(unique_user)
    await keep(unit_of_work, goal, kept)
    async with unit_of_work() as unit:
        assert await unit.goals.remove(goal.id, unique_user)
        assert not await unit.goals.remove(goal.id, unique_user)
        await unit.commit()
    assert await reader.list(unique_user) == [kept]


async def test_what_is_planned_and_where_it_stands_come_back(
    unit_of_work: GoalsUnitOfWorkFactory, reader: GoalReader, unique_user: UserId
) -> None:
    goal = goal_of(unique_user)
    changed = dataclasses.replace(
        goal,
        name="मकान",
        inflation_adjusted=False,
        priced_on=date(2026, 12, 1),
        monthly_contribution=Money(Decimal("12345.67")),
        step_up_percent=Decimal("7.25"),
        planned_from=date(2026, 12, 2),
        state=GoalState.OFF_TRACK,
    )
    await keep(unit_of_work, goal)
    async with unit_of_work() as unit:
        assert await unit.goals.get(goal.id, unique_user) == goal
        assert await unit.goals.get(goal.id, UserId(new_uuid())) is None
        await unit.goals.update(changed)
        assert await unit.goals.list(unique_user) == [changed]
        await unit.commit()
    assert await reader.get(goal.id, unique_user) == changed


async def test_links_are_kept_in_order_and_replaced(
    unit_of_work: GoalsUnitOfWorkFactory, reader: GoalReader, unique_user: UserId
) -> None:
    goal, other = goal_of(unique_user), goal_of(UserId(new_uuid()))
    await keep(unit_of_work, goal, other)
    links = (AccountLink(AccountId(new_uuid()), Decimal("33.33")), AccountLink(AccountId(new_uuid())))[::-1]
    async with unit_of_work() as unit:
        await unit.goals.set_links(goal.id, links)
        await unit.goals.set_links(other.id, links[:1])
        assert await unit.goals.links(unique_user) == {goal.id: links}
        await unit.commit()
    assert await reader.links(unique_user) == {goal.id: links}
    async with unit_of_work() as unit:
        await unit.goals.set_links(goal.id, links[1:])
        await unit.commit()
    assert await reader.links(unique_user) == {goal.id: links[1:]}
    async with unit_of_work() as unit:
        await unit.goals.set_links(goal.id, ())
        await unit.commit()
    assert await reader.links(unique_user) == {}


async def test_contributions_are_paged_from_the_newest_and_go_with_their_goal(
    unit_of_work: GoalsUnitOfWorkFactory, reader: GoalReader, unique_user: UserId
) -> None:
    goal = goal_of(unique_user)
    await keep(unit_of_work, goal)
    entries = [
        Contribution(
            id=new_uuid(),
            goal_id=goal.id,
            amount=Money(Decimal(amount)),
            made_on=date(2026, 11, 1),
            note="बोनस" if amount == "-2.50" else None,
            created_at=goal.created_at,
        )
        for amount in ("1.25", "-2.50", "3")
    ]
    async with unit_of_work() as unit:
        for entry in entries:
            await unit.goals.add_contribution(entry)
        await unit.commit()
    assert list(await reader.contributions(goal.id, before=None, limit=2)) == entries[:0:-1]
    assert list(await reader.contributions(goal.id, before=entries[1].id, limit=2)) == entries[:1]
    async with unit_of_work() as unit:
        assert await unit.goals.remove(goal.id, unique_user)
        await unit.commit()
    assert list(await reader.contributions(goal.id, before=None, limit=2)) == []


async def test_personal_assumptions_are_exactly_the_last_ones(
    unit_of_work: GoalsUnitOfWorkFactory, reader: GoalReader, unique_user: UserId
) -> None:
    for values in ({"a": Decimal("1.50"), "b": Decimal("-2.00")}, {"b": Decimal("3.00")}, {}):
        async with unit_of_work() as unit:
            await unit.goals.set_personal_assumptions(unique_user, values)
            assert await unit.goals.personal_assumptions(unique_user) == values
            await unit.commit()
        assert await reader.personal_assumptions(unique_user) == values
        assert await reader.personal_assumptions(UserId(new_uuid())) == {}


async def test_people_with_goals_are_listed_once_in_pages(
    unit_of_work: GoalsUnitOfWorkFactory, reader: GoalReader
) -> None:
    people = sorted(UserId(new_uuid()) for _ in range(3))
    for user_id in people:
        await keep(unit_of_work, goal_of(user_id), goal_of(user_id))
    before_them = UserId(UUID(int=people[0].int - 1))
    assert list(await reader.users_with_goals(after=before_them, limit=2)) == people[:2]
    assert list(await reader.users_with_goals(after=people[1], limit=1)) == people[2:]
