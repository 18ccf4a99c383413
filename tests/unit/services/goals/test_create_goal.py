from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from services.goals.application.create_goal import CreateGoal, CreateGoalRequest
from services.goals.application.delete_goal import DeleteGoal, DeleteGoalRequest
from services.goals.domain.errors import GoalNotFoundError
from services.goals.domain.events import GoalCreated, GoalDeleted
from services.goals.domain.goal import GoalType
from services.shared.domain.clock import FixedClock
from services.shared.domain.errors import InvalidInputError, TooLargeError
from services.shared.domain.ids import UserId, new_uuid
from services.shared.domain.money import Money
from tests.unit.services.goals.fakes import FakeUnitOfWork

# 01:30 in India on the 25th, still the 24th in UTC.
CLOCK = FixedClock(datetime(2026, 11, 24, 20, 0, tzinfo=UTC))
USER = UserId(new_uuid())


def request_of(
    *,
    name: str = "Trip to Ladakh",
    target: str = "150000",
    by: date = date(2027, 3, 31),
    saved: Money | None = None,
    priority: int = 3,
) -> CreateGoalRequest:
    return CreateGoalRequest(
        user_id=USER,
        name=name,
        goal_type=GoalType.TRAVEL,
        target_amount=Money(Decimal(target)),
        target_date=by,
        saved_amount=saved,
        priority=priority,
    )


async def test_a_goal_is_kept_and_published() -> None:
    unit = FakeUnitOfWork()
    view = await CreateGoal(lambda: unit, CLOCK)(request_of(name="  Trip to Ladakh "))
    assert (view.goal.name, view.goal.saved_amount) == ("Trip to Ladakh", Money.zero())
    assert view.progress.as_of == date(2026, 11, 25)
    (event,) = unit.published
    assert isinstance(event, GoalCreated)
    assert event.payload() == {
        "goal_id": str(view.goal.id),
        "goal_name": "Trip to Ladakh",
        "goal_type": "travel",
        "target_amount": {"amount": "150000.00", "currency": "INR"},
        "target_date": "2027-03-31",
        "priority": 3,
    }


@pytest.mark.parametrize(
    ("request_", "sentence"),
    [
        (request_of(by=date(2026, 11, 25)), "must be in the future"),
        (request_of(by=date(2020, 1, 1)), "must be in the future"),
        (request_of(by=date(2127, 1, 1)), "within 100 years"),
        (request_of(target="0"), "target_amount must be above 0"),
        (request_of(target="-5"), "target_amount must be above 0"),
        (request_of(target="0.001"), "target_amount must be above 0"),
        (request_of(target="1e16"), "target_amount must be above 0 and at most"),
        (request_of(saved=Money(Decimal(-1))), "saved_amount must be from 0"),
        (request_of(saved=Money(Decimal(1), "USD")), "in the currency of target_amount"),
        (request_of(priority=0), "priority must be from 1"),
        (request_of(priority=6), "priority must be from 1"),
        (request_of(name="  "), "must not be empty"),
        (request_of(name="a\x00b"), "not text"),
    ],
)
async def test_what_cannot_be_a_goal_is_told_why_and_not_kept(request_: CreateGoalRequest, sentence: str) -> None:
    unit = FakeUnitOfWork()
    with pytest.raises(InvalidInputError, match=sentence):
        await CreateGoal(lambda: unit, CLOCK)(request_)
    assert unit.published == []


async def test_a_name_has_a_bound() -> None:
    with pytest.raises(TooLargeError, match="at most 100 characters"):
        await CreateGoal(FakeUnitOfWork, CLOCK)(request_of(name="x" * 101))


async def test_only_its_owner_gives_a_goal_up() -> None:
    unit = FakeUnitOfWork()
    goal_id = (await CreateGoal(lambda: unit, CLOCK)(request_of())).goal.id
    delete = DeleteGoal(lambda: unit, CLOCK)
    with pytest.raises(GoalNotFoundError):
        await delete(DeleteGoalRequest(user_id=UserId(new_uuid()), goal_id=goal_id))
    await delete(DeleteGoalRequest(user_id=USER, goal_id=goal_id))
    assert isinstance(unit.published[-1], GoalDeleted)
    with pytest.raises(GoalNotFoundError):
        await delete(DeleteGoalRequest(user_id=USER, goal_id=goal_id))
    assert len(unit.published) == 2
