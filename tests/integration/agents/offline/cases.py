"""What a case is: a conversation, and the figures (or words) that the last answer must hold."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_EVEN, Decimal
from typing import Final

from tests.integration.agents.offline.households import TODAY
from tests.support.oracle import INCOME, Oracle, rupees

Days = tuple[date, date]
Expected = Callable[[Oracle], str | tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Case:
    """Questions asked one after the other. All of `figures` must be in the last answer, none of `never`."""

    questions: tuple[str, ...]
    figures: Expected
    never: tuple[str, ...] = ("did not understand",)


def case(*questions: str, figures: Expected) -> Case:
    return Case(questions, figures)


def says(*questions: str, words: str | tuple[str, ...], never: tuple[str, ...] = ()) -> Case:
    """A case about words: a question asked back, a refusal, an offer."""
    return Case(questions, lambda _: words, never)


def many(questions: str, figures: Expected) -> list[Case]:
    """Different wordings of one question, one a line."""
    return [Case((line.strip(),), figures) for line in questions.strip().splitlines()]


def month(offset: int) -> Days:
    """First and last day of a month, counted from this one."""
    index = TODAY.year * 12 + TODAY.month - 1 + offset
    start = date(index // 12, index % 12 + 1, 1)
    following = date((index + 1) // 12, (index + 1) % 12 + 1, 1)
    return start, following - timedelta(days=1)


def months(first: int, last: int) -> Days:
    return month(first)[0], month(last)[1]


LAST: Final = month(-1)
BEFORE: Final = month(-2)
THIS: Final = (date(2026, 11, 1), TODAY)
YEAR: Final = (date(2026, 1, 1), TODAY)
FY26: Final = (date(2025, 4, 1), date(2026, 3, 31))
FY27: Final = (date(2026, 4, 1), TODAY)


def spent(days: Days, category: str | None = None, payee: str | None = None, account: str | None = None) -> Expected:
    def told(oracle: Oracle) -> str:
        amount = oracle.spent(*days, category=category, payee=payee, account=account)
        return rupees(amount) if amount or payee is None else "I find no payment"

    return told


def earned(days: Days, category: str | None = None) -> Expected:
    def told(oracle: Oracle) -> str:
        amount = oracle.earned(*days, category)
        return rupees(amount) if amount else "No income"

    return told


def both(*parts: Expected) -> Expected:
    def told(oracle: Oracle) -> tuple[str, ...]:
        found = [part(oracle) for part in parts]
        return tuple(figure for one in found for figure in ([one] if isinstance(one, str) else one))

    return told


def saved(days: Days) -> Expected:
    return lambda o: rupees(o.earned(*days) - o.spent(*days))


def share(days: Days, category: str) -> Expected:
    return lambda o: percent(o.spent(*days, category=category), o.spent(*days))


def percent(part: Decimal, whole: Decimal) -> str:
    return f"{(part / whole * 100).quantize(Decimal('0.1'), ROUND_HALF_EVEN)}%"


def average(days: Days, count: int, category: str | None = None) -> Expected:
    return lambda o: rupees((o.spent(*days, category=category) / count).quantize(Decimal("0.01"), ROUND_HALF_EVEN))


def difference(first: Expected, second: Expected) -> Expected:
    def told(oracle: Oracle) -> str:
        sides = first(oracle), second(oracle)
        return "I find no payment" if "I find no payment" in sides else rupees(_amount(sides[0]) - _amount(sides[1]))

    return told


def total(*parts: Expected) -> Expected:
    return lambda o: rupees(sum((_amount(part(o)) for part in parts), Decimal(0)))


def _amount(told: str | tuple[str, ...]) -> Decimal:
    assert isinstance(told, str)
    return Decimal(told.lstrip("₹").replace(",", ""))


def closing(account: str) -> Expected:
    return lambda o: rupees({str(key): value for key, value in o.household.truth.closing.items()}[account])


def top(days: Days, by: str) -> Expected:
    return lambda o: rupees(o.largest(*days, lambda entry: str(getattr(entry, by)))[1])


def largest_purchase(days: Days) -> Expected:
    return lambda o: rupees(
        max(
            -e.amount
            for e in o.household.truth.ledger
            if _within(e.date, days) and e.category not in INCOME | {"transfer"}
        )
    )


def count(days: Days, payee: str | None = None, category: str | None = None) -> Expected:
    """`N times`: rows of money out."""

    def told(oracle: Oracle) -> str:
        rows = [
            e
            for e in oracle.household.truth.ledger
            if _within(e.date, days)
            and e.amount < 0
            and (payee is None or payee.upper() in e.payee.upper())
            and (category is None or e.category == category)
        ]
        return f"{len(rows)} time{'' if len(rows) == 1 else 's'}" if rows else "I find no payment"

    return told


def _within(on: date, days: Days) -> bool:
    return days[0] <= on <= days[1]
