"""Effects happen once: with their work or not at all, one at a time, and never for another person's key."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncEngine

from data.outbox.tables import outbox
from services.goals.application.create_goal import CreateGoal, CreateGoalRequest
from services.goals.domain.goal import GoalType
from services.goals.infrastructure.postgres_goals import PostgresGoalReader, PostgresGoalsUnitOfWork
from services.shared.application.effect_ledger import (
    EffectKey,
    EffectKeyReusedError,
    EffectRunningError,
    EffectSealedError,
)
from services.shared.domain.clock import SystemClock, today
from services.shared.domain.ids import UserId, new_uuid
from services.shared.domain.money import Money
from services.shared.infrastructure.effect_ledger import PostgresEffectLedger
from services.shared.infrastructure.secret_cipher import SecretCipher
from services.shared.infrastructure.tables import effects
from tests.support.sealing import CIPHER


class Household:
    """Someone who creates goals through the ledger."""

    def __init__(self, engine: AsyncEngine, user_id: UserId, cipher: SecretCipher = CIPHER) -> None:
        self.user_id = user_id
        self.ledger = PostgresEffectLedger(engine, cipher)
        self._engine = engine
        self._create = CreateGoal(lambda: PostgresGoalsUnitOfWork(engine), SystemClock())

    def key(self, name: str = "first", content: bytes = b"car") -> EffectKey:
        return EffectKey(self.user_id, name, content)

    async def create_goal(self) -> bytes:
        view = await self._create(
            CreateGoalRequest(
                user_id=self.user_id,
                name="Car",
                goal_type=GoalType.CAR,
                target_amount=Money.parse("1200000"),
                target_date=today(SystemClock()) + timedelta(days=400),
            )
        )
        return view.goal.id.bytes

    async def goals(self) -> int:
        return len(await PostgresGoalReader(self._engine).list(self.user_id))

    async def events(self) -> int:
        async with self._engine.connect() as connection:
            mine = select(func.count()).select_from(outbox).where(outbox.c.key == str(self.user_id))
            return int((await connection.execute(mine)).scalar_one())


@pytest.fixture
def household(postgres_engine: AsyncEngine, unique_user: UserId) -> Household:
    return Household(postgres_engine, unique_user)


async def test_a_repeat_gets_the_first_result_and_changes_nothing(household: Household) -> None:
    first = await household.ledger.once(household.key(), household.create_goal)
    again = await household.ledger.once(household.key(), household.create_goal)

    assert (again.result, again.repeated, first.repeated) == (first.result, True, False)
    assert (await household.goals(), await household.events()) == (1, 1)


async def test_a_result_whose_key_is_gone_is_told_of_and_the_work_not_done_again(
    household: Household, postgres_engine: AsyncEngine
) -> None:
    await household.ledger.once(household.key(), household.create_goal)
    later = Household(postgres_engine, household.user_id, SecretCipher({"next": bytes(31) + b"1"}))
    with pytest.raises(EffectSealedError):
        await later.ledger.once(household.key(), household.create_goal)
    assert await household.goals() == 1


async def test_work_that_fails_afterwards_leaves_nothing_and_may_be_tried_again(household: Household) -> None:
    async def create_and_die() -> bytes:
        await household.create_goal()
        raise ConnectionError("killed before the end")

    with pytest.raises(ConnectionError):
        await household.ledger.once(household.key(), create_and_die)
    assert (await household.goals(), await household.events()) == (0, 0)

    assert not (await household.ledger.once(household.key(), household.create_goal)).repeated
    assert (await household.goals(), await household.events()) == (1, 1)


async def test_a_second_caller_is_refused_while_the_first_works_or_waits_for_it(household: Household) -> None:
    begun, go_on = asyncio.Event(), asyncio.Event()

    async def slow() -> bytes:
        result = await household.create_goal()
        begun.set()
        await go_on.wait()
        return result

    first = asyncio.create_task(household.ledger.once(household.key(), slow))
    await begun.wait()
    with pytest.raises(EffectRunningError):
        await household.ledger.once(household.key(), household.create_goal)
    waiting = asyncio.create_task(household.ledger.once(household.key(), household.create_goal, wait=True))
    go_on.set()

    assert (await waiting).result == (await first).result
    assert await household.goals() == 1


async def test_a_key_stands_for_one_request_of_one_person(household: Household, postgres_engine: AsyncEngine) -> None:
    await household.ledger.once(household.key(), household.create_goal)
    with pytest.raises(EffectKeyReusedError):
        await household.ledger.once(household.key(content=b"boat"), household.create_goal)

    other = Household(postgres_engine, UserId(new_uuid()))
    assert not (await other.ledger.once(other.key(), other.create_goal)).repeated


async def test_the_work_reads_what_it_has_written(household: Household) -> None:
    async def create_and_count() -> bytes:
        await household.create_goal()
        return str(await household.goals()).encode()

    assert (await household.ledger.once(household.key(), create_and_count)).result == b"1"


async def test_a_task_begun_by_the_work_has_a_transaction_of_its_own(household: Household) -> None:
    async def begin() -> bytes:
        return await asyncio.create_task(household.create_goal())

    async def begin_and_fail() -> bytes:
        await begin()
        raise ConnectionError

    with pytest.raises(ConnectionError):
        await household.ledger.once(household.key(), begin_and_fail)
    assert await household.goals() == 1


async def test_what_follows_a_commit_waits_for_the_outermost(
    household: Household, postgres_engine: AsyncEngine
) -> None:
    seen: list[int] = []

    async def look() -> None:
        seen.append(await household.goals())

    async def create() -> bytes:
        result = await household.create_goal()
        async with PostgresGoalsUnitOfWork(postgres_engine) as unit:
            unit.after_commit(look)
            await unit.commit()
        assert not seen
        return result

    await household.ledger.once(household.key(), create)
    assert seen == [1]


async def test_keys_are_forgotten_after_seven_days(household: Household, postgres_engine: AsyncEngine) -> None:
    await household.ledger.once(household.key("old"), household.create_goal)
    await household.ledger.once(household.key("new"), household.create_goal)
    async with postgres_engine.begin() as connection:
        await connection.execute(
            update(effects)
            .where(effects.c.user_id == household.user_id, effects.c.key == "old")
            .values(created_at=func.now() - timedelta(days=7, seconds=1))
        )

    assert await household.ledger.forget_old() >= 1
    assert not (await household.ledger.once(household.key("old"), household.create_goal)).repeated
    assert (await household.ledger.once(household.key("new"), household.create_goal)).repeated


async def test_an_effect_inside_another_is_undone_with_it(household: Household) -> None:
    async def inner() -> bytes:
        return (await household.ledger.once(household.key("inner"), household.create_goal)).result

    async def inner_and_die() -> bytes:
        await inner()
        raise ConnectionError

    with pytest.raises(ConnectionError):
        await household.ledger.once(household.key("outer"), inner_and_die)
    assert await household.goals() == 0

    first = await household.ledger.once(household.key("outer"), inner)
    assert (await household.ledger.once(household.key("inner"), household.create_goal)).result == first.result
    assert await household.goals() == 1
