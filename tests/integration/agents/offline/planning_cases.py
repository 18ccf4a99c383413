"""Budgets, bills, subscriptions, what stands out, what is missing, what is declined: more than figures of the past."""

from __future__ import annotations

from datetime import date
from decimal import ROUND_HALF_EVEN, Decimal

from tests.integration.agents.offline.cases import (
    BEFORE,
    LAST,
    YEAR,
    Case,
    Expected,
    average,
    both,
    case,
    difference,
    earned,
    many,
    month,
    months,
    saved,
    says,
    spent,
    top,
)
from tests.support.oracle import Oracle, rupees


def _recurring(category: str) -> Expected:
    return lambda o: tuple(rupees(one.amount) for one in o.household.truth.recurring if one.category == category)


def _weekly(oracle: Oracle) -> str:
    """The average of the full weeks, Monday to Sunday, of September and October."""
    weeks = [(date.fromordinal(first), date.fromordinal(first + 6)) for first in range(_MONDAY, _MONDAY + 56, 7)]
    whole = sum((oracle.spent(*week) for week in weeks if week[1] <= date(2026, 10, 31)), Decimal(0))
    counted = sum(week[1] <= date(2026, 10, 31) for week in weeks)
    return rupees((whole / counted).quantize(Decimal("0.01"), ROUND_HALF_EVEN))


_MONDAY = date(2026, 9, 7).toordinal()

PLANNING: list[Case] = [
    case("what bills are due next month", figures=_recurring("rent")),
    case("upcoming bills", figures=_recurring("rent")),
    case("when is my rent due", figures=_recurring("rent")),
    case("kiraya kab dena hai", figures=_recurring("rent")),
    case("next EMI kab kategi", figures=_recurring("loan_emi")),
    case("which subscriptions do I pay for?", figures=_recurring("subscriptions")),
    case("subscriptions kaun kaun si chal rahi hain", figures=_recurring("subscriptions")),
    case("how much do my subscriptions cost in total", figures=_recurring("subscriptions")),
    case("have any of my subscriptions become dearer?", figures=lambda o: rupees(o.household.truth.price_rise.after)),
    case("any unusual transactions in the last year?", figures=lambda o: rupees(o.household.truth.outlier.amount)),
    case("how are my budgets doing", figures=lambda _: "no budgets yet"),
    case("how steady is my income", figures=lambda _: "Your income is"),
    case("can I afford a car of 90 crore?", figures=lambda _: "Not from what you have"),
    case("can I afford a phone?", "500 rupees", figures=lambda _: "Yes"),
    case("do I have enough of an emergency fund?", figures=average(months(-6, -1), 6)),
    case("average weekly spending from September to October", figures=_weekly),
    case("why was my spending in October higher than in September", figures=lambda _: "moved it most"),
    case("why did my spending go up in October?", figures=lambda _: ("October 2026", "September 2026")),
    # Asked back.
    says("I want to start a goal", words="What is the goal for?"),
    says("start a goal for a car", words="How much money does it take"),
    says("start a goal for a car", "12 lakh", words="By when"),
    says("car ke liye goal banao", words="How much money does it take"),
    says("Can I retire at 55?", words="How old are you now?"),
    says("kya main 50 ki umar mein retire kar sakta hoon?", words="How old are you now?"),
    says("can I afford it?", words="How much does it cost?"),
    says("set a budget", words="Which category"),
    says("set a budget for dining", words="How much a month"),
    says("how much in October", words=("spending", "income", "savings", "?")),
    says("what did I spend over Christmas", words="Which days"),
    says("what did I pay Zzyqx Enterprises this year", words="I find no payment"),
    says("which tax regime is better for me?", words="gross salary"),
    says("EMI for a loan of 10 lakh", words="interest rate"),
    case("how much in October", "income", figures=earned(LAST)),
    case("how much in October", "savings", figures=saved(LAST)),
    case("I want to start a goal", "how much did I spend last month?", figures=spent(LAST)),
    case("set a budget", "never mind, what did I earn in October?", figures=earned(LAST)),
    # Declined or not understood, plainly.
    *[
        Case((question,), lambda _: "not", never=("₹",))
        for question in (
            "should I buy Reliance shares now?", "which mutual fund should I invest in?",
            "is it a good time to buy gold",
            "give me a stock tip", "which stock will go up tomorrow?", "kaunsa share kharidu", "suggest a good SIP",
            "what will the nifty do next month",
        )
    ],
    says("qwerty uiop", words="did not understand"),
    says("the moon is made of cheese", words="did not understand"),
    says("send 2000 to Ramesh", words="cannot move money"),
    says("pay my electricity bill", words="cannot move money"),
    # More wordings.
    *many(
        """
        October me total kharcha kitna hua
        how much did I end up spending in October
        October spending?
        spending, Oct 2026
        what was the total outflow in October
        what were my outgoings last month
        """,
        spent(LAST),
    ),
    *many(
        """
        how much went into groceries last month
        last month's grocery bill
        pichle mahine kirane ka kharcha
        october groceries
        supermarket spend in October
        """,
        spent(LAST, "groceries"),
    ),
    *many(
        """
        what did I get paid in October
        pichle mahine kitna paisa aaya
        total earnings last month
        october income
        """,
        earned(LAST),
    ),
    case("compare my spending in September with October", figures=difference(spent(BEFORE), spent(LAST))),
    case("how much less did I spend in September than in October", figures=difference(spent(BEFORE), spent(LAST))),
    case("spending in August, September and October", figures=both(spent(month(-3)), spent(BEFORE), spent(LAST))),
    case("where does most of my money go this year", figures=top(YEAR, "category")),
    case("how much did i spend on fuel in the last six months", figures=spent(months(-6, -1), "fuel")),
]  # fmt: skip
