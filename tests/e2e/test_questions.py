"""Differently worded questions about a household: the right figure in the streamed answer, each with a citation."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_EVEN, Decimal

import pytest

from data.sample import SampleHousehold
from services.shared.domain.clock import SystemClock, today
from tests.support.client import Person
from tests.support.oracle import Oracle, rupees

TODAY = today(SystemClock())


def month(offset: int) -> tuple[date, date]:
    """First and last day of a month, counted from this one."""
    index = TODAY.year * 12 + TODAY.month - 1 + offset
    start = date(index // 12, index % 12 + 1, 1)
    following = date((index + 1) // 12, (index + 1) % 12 + 1, 1)
    return start, following - timedelta(days=1)


def months(first: int, last: int) -> tuple[date, date]:
    return month(first)[0], month(last)[1]


LAST = month(-1)
BEFORE = month(-2)
YEAR = (date(TODAY.year, 1, 1), TODAY)
LAST_FY_END = TODAY.year if TODAY.month >= 4 else TODAY.year - 1
LAST_FY = (date(LAST_FY_END - 1, 4, 1), date(LAST_FY_END, 3, 31))


def named(period: tuple[date, date]) -> str:
    return f"{period[0]:%B %Y}"


def percent(part: Decimal, whole: Decimal) -> str:
    return f"{(part / whole * 100).quantize(Decimal('0.1'), ROUND_HALF_EVEN)}%"


@dataclass(frozen=True)
class Case:
    question: str
    figure: Callable[[Oracle], str]


CASES = [
    Case("What did I spend on eating out last month?", lambda o: rupees(o.spent(*LAST, category="dining"))),
    Case("How much went on groceries last month", lambda o: rupees(o.spent(*LAST, category="groceries"))),
    Case(f"total spending in {named(LAST)}?", lambda o: rupees(o.spent(*LAST))),
    Case(f"How much did I spend in {LAST[0]:%b} {LAST[0].year}", lambda o: rupees(o.spent(*LAST))),
    Case("What have I spent this year?", lambda o: rupees(o.spent(*YEAR))),
    Case("How much did I pay for fuel this year?", lambda o: rupees(o.spent(*YEAR, category="fuel"))),
    Case("petrol expenses over the last 3 months", lambda o: rupees(o.spent(*months(-3, -1), category="fuel"))),
    Case("how much rent did I pay last month", lambda o: rupees(o.spent(*LAST, category="rent"))),
    Case(f"What was my income in {named(LAST)}?", lambda o: rupees(o.earned(*LAST))),
    Case("How much salary did I get last month?", lambda o: rupees(o.earned(*LAST, category="salary"))),
    Case("How much interest did I earn this year?", lambda o: rupees(o.earned(*YEAR, category="interest"))),
    Case("What did I earn in the last financial year?", lambda o: rupees(o.earned(*LAST_FY))),
    Case(f"my spending in FY {LAST_FY_END - 1}-{LAST_FY_END % 100}, please", lambda o: rupees(o.spent(*LAST_FY))),
    Case("What is my net worth?", lambda o: rupees(o.net_worth())),
    Case("how much am I worth right now", lambda o: rupees(o.net_worth())),
    Case("What's the balance of my SBI account?", lambda o: rupees(o.household.truth.closing["sbi"])),
    Case("How much money do I have in HDFC?", lambda o: rupees(o.household.truth.closing["hdfc"])),
    Case("How much do I owe on my credit card?", lambda o: rupees(o.household.truth.closing["icici"])),
    Case("Which category did I spend most on last month?", lambda o: rupees(o.largest(*LAST, lambda e: e.category)[1])),
    Case("top 3 merchants this year", lambda o: rupees(o.largest(*YEAR, lambda e: e.payee)[1])),
    Case(
        "Did I spend more on shopping last month than the month before?",
        lambda o: rupees(o.spent(*LAST, category="shopping")),
    ),
    Case(
        f"compare groceries in {named(LAST)} and {named(BEFORE)}",
        lambda o: rupees(o.spent(*LAST, category="groceries") - o.spent(*BEFORE, category="groceries")),
    ),
    Case(
        "average monthly grocery spend over the last 6 months",
        lambda o: rupees(
            (o.spent(*months(-6, -1), category="groceries") / 6).quantize(Decimal("0.01"), ROUND_HALF_EVEN)
        ),
    ),
    Case(
        "What percent of my spending went to rent last month?",
        lambda o: percent(o.spent(*LAST, category="rent"), o.spent(*LAST)),
    ),
    Case("dining trend for the last 4 months", lambda o: rupees(o.spent(*month(-3), category="dining"))),
    Case(
        "How much did I save last month?",
        lambda o: rupees(o.earned(*LAST) - o.spent(*LAST)),
    ),
    Case(
        "what's my savings rate for the last 6 months",
        lambda o: percent(o.earned(*months(-6, -1)) - o.spent(*months(-6, -1)), o.earned(*months(-6, -1))),
    ),
    Case("How much did I spend from my SBI account last month?", lambda o: rupees(o.spent(*LAST, account="sbi"))),
    Case("what went on my credit card last month", lambda o: rupees(o.spent(*LAST, account="icici"))),
    Case("What was my biggest purchase on record, ever?", lambda o: rupees(o.household.truth.outlier.amount)),
    Case("insurance premiums paid since January", lambda o: rupees(o.spent(*YEAR, category="insurance"))),
    Case("how much did I withdraw in cash this year", lambda o: rupees(o.spent(*YEAR, category="cash"))),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.question)
def test_the_streamed_answer_holds_the_right_figure_and_cites_it(asha: Person, oracle: Oracle, case: Case) -> None:
    answer = asha.ask(case.question)
    figure = case.figure(oracle)
    assert figure in answer.text, f"expected {figure} in: {answer.text}"
    assert figure in answer.citations


def test_follow_ups_keep_what_was_asked(asha: Person, oracle: Oracle) -> None:
    first = asha.ask("What did I spend on eating out last month?")
    conversation = first.headers["x-conversation-id"]
    second = asha.ask(f"and in {BEFORE[0]:%B}?", conversation)
    third = asha.ask("what about groceries?", conversation)
    assert rupees(oracle.spent(*BEFORE, category="dining")) in second.text
    assert rupees(oracle.spent(*BEFORE, category="groceries")) in third.text


def test_recurring_payments_are_told_with_their_amounts(asha: Person, household: SampleHousehold) -> None:
    answer = asha.ask("Which payments come back every month?")
    for payee in household.truth.recurring:
        assert rupees(payee.amount) in answer.text


@pytest.mark.parametrize("nonsense", ["colourless green ideas sleep furiously", "asdf qwer", "?!"])
def test_what_is_not_understood_is_said_so_with_an_offer(asha: Person, nonsense: str) -> None:
    answer = asha.ask(nonsense)
    assert "did not understand" in answer.text
    assert "How much did I spend on groceries last month?" in answer.text
    assert answer.citations == {}


def test_a_stock_tip_is_refused(asha: Person) -> None:
    answer = asha.ask("Should I buy Reliance shares now?")
    assert "do not give investment tips" in answer.text
