"""Money set aside for a goal."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from uuid import UUID

from services.goals.domain.goal import MAX_AMOUNT
from services.shared.domain.errors import InvalidInputError
from services.shared.domain.ids import GoalId
from services.shared.domain.money import Money
from services.shared.domain.text import clean_text

MAX_NOTE_LENGTH: Final = 200
MAX_YEARS_BACK: Final = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Contribution:
    """`amount` was set aside on a day; a negative one was taken back."""

    id: UUID
    goal_id: GoalId
    amount: Money
    made_on: date
    note: str | None
    created_at: datetime

    def __post_init__(self) -> None:
        if self.amount.amount == 0 or abs(self.amount.amount) > MAX_AMOUNT:
            raise InvalidInputError(f"amount must not be 0, and at most {MAX_AMOUNT:,}; negative takes money back.")
        if self.note is not None:
            object.__setattr__(self, "note", clean_text(self.note, what="A note", limit=MAX_NOTE_LENGTH))


def require_made(made_on: date, today: date) -> None:
    """InvalidInputError for a day in the future or long ago."""
    if made_on > today or made_on.year < today.year - MAX_YEARS_BACK:
        raise InvalidInputError(f"made_on must be within {MAX_YEARS_BACK} years before today, {today}.")


def saved_after(saved: Money, contribution: Contribution) -> Money:
    """What is set aside with it; InvalidInputError when more would be taken back than there is."""
    after = saved + contribution.amount
    if after.amount < 0:
        raise InvalidInputError(f"Only {saved} {saved.currency} is set aside, so not more can be taken back.")
    return after
