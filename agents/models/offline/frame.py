"""A question as the planner understands it: what is asked, and of which period, category, payee and account."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from agents.models.offline.account_mention import AccountMention
from agents.models.offline.clarification import Choice
from agents.models.offline.periods import Period
from agents.models.offline.quantities import NOTHING_GIVEN, Quantities
from agents.models.offline.shapes import Shape


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """An intent with its slots. Empty slots mean "not said"; intents choose their own defaults and say so.

    `account_id` and `account_name` are filled in once the account that was mentioned is found on record. `text` is in
    lower-case English, `cased` in English with its capitals, `said` in the person's own words. `place` is that of the
    one row of a list that is asked about, from 0, or -1 for the last. The figures of `parts` are added up.
    """

    intent: str
    shape: Shape
    text: str
    today: date
    periods: tuple[Period, ...] = ()
    categories: tuple[str, ...] = ()
    payees: tuple[str, ...] = ()
    excluded_categories: tuple[str, ...] = ()
    excluded_payees: tuple[str, ...] = ()
    account: AccountMention | None = None
    account_id: str | None = None
    account_name: str = ""
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    limit: int | None = None
    place: int | None = None
    group: str | None = None
    quantities: Quantities = NOTHING_GIVEN
    weekdays: frozenset[int] = frozenset()
    unread: tuple[str, ...] = ()
    cased: str = ""
    said: str = ""
    choice: Choice | None = None
    tools: frozenset[str] = frozenset()
    parts: tuple[Frame, ...] = ()

    @property
    def period(self) -> Period | None:
        """The first period asked for, as far as it has happened."""
        return self.periods[0].until(self.today) if self.periods else None

    def period_or(self, default: Period) -> Period:
        """The first period asked for, or a default."""
        return self.period or default.until(self.today)
