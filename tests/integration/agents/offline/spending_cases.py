"""Spending: totals, breakdowns, averages, shares, rankings, in many wordings and periods."""

from __future__ import annotations

from datetime import date

from tests.integration.agents.offline.cases import (
    BEFORE,
    FY26,
    FY27,
    LAST,
    THIS,
    YEAR,
    Case,
    average,
    case,
    difference,
    many,
    month,
    months,
    percent,
    share,
    spent,
    top,
    total,
)
from tests.support.oracle import rupees

_FIRST_WEEK = (date(2026, 10, 1), date(2026, 10, 7))

SPENDING: list[Case] = [
    *many(
        """
        What did I spend on eating out last month?
        dining spend for October 2026
        how much went to restaurants in Oct
        tell me the food bill for last month
        what's the damage on dining out in October?
        I want to know how much I spent on food last month
        could you please check how much I spent on restaurants last month
        food expenses october 2026
        HOW MUCH DID I SPEND ON FOOD LAST MONTH
        how mch did I spnd on resturants lst month
        """,
        spent(LAST, "dining"),
    ),
    *many(
        """
        How much did I spend last month?
        total spending in October
        what were my total expenses in 10/2026
        my spends between 1 Oct and 31 Oct
        how much money went out in October
        what did October cost me
        sum of all expenses last month
        how much have I blown last month
        totl expnses in ocotber
        """,
        spent(LAST),
    ),
    *many(
        """
        how much have I spent this month
        spending so far this month
        what have I spent in November till now
        month to date spend
        """,
        spent(THIS),
    ),
    *many(
        """
        groceries since April
        how much on groceries in FY27 so far
        what have I spent on kirana this financial year
        """,
        spent(FY27, "groceries"),
    ),
    *many(
        """
        what did I spend in FY 2025-26
        total expenditure last financial year
        spending from April 2025 to March 2026
        """,
        spent(FY26),
    ),
    case("how much was spent in Q2 FY26", figures=spent((date(2025, 7, 1), date(2025, 9, 30)))),
    case("spending in q3 fy 2025-26", figures=spent((date(2025, 10, 1), date(2025, 12, 31)))),
    case("shopping last quarter", figures=spent((date(2026, 7, 1), date(2026, 9, 30)), "shopping")),
    case("spend in the first half of October", figures=spent((date(2026, 10, 1), date(2026, 10, 15)))),
    case("spending in the first week of October", figures=spent(_FIRST_WEEK)),
    case("what did I spend in the last week of September", figures=spent((date(2026, 9, 24), date(2026, 9, 30)))),
    case("between 5 and 20 Oct how much did I spend", figures=spent((date(2026, 10, 5), date(2026, 10, 20)))),
    case("how much from 5th to 20th October", "spending", figures=spent((date(2026, 10, 5), date(2026, 10, 20)))),
    case("spending in the last 10 days", figures=spent((date(2026, 11, 15), date(2026, 11, 24)))),
    case("what did I spend yesterday", figures=lambda o: _or_none(o.spent(date(2026, 11, 23), date(2026, 11, 23)))),
    case("spends last week", figures=spent((date(2026, 11, 16), date(2026, 11, 22)))),
    case("fuel in the past 3 months", figures=spent(months(-3, -1), "fuel")),
    case("petrol and diesel this year", figures=spent(YEAR, "fuel")),
    case("health expenses in 2026", figures=spent(YEAR, "health")),
    case("how much rent have I paid since January", figures=spent(YEAR, "rent")),
    case("how much have I put into investments this year", figures=spent(YEAR, "investments")),
    case("what did my SIPs and mutual funds take this year", figures=spent(YEAR, "investments")),
    case("insurance premiums in FY26", figures=spent(FY26, "insurance")),
    case("how much EMI did I pay last financial year", figures=spent(FY26, "loan_emi")),
    case("bank charges this year", figures=spent(YEAR, "fees")),
    case("school fees paid this year", figures=spent(YEAR, "education")),
    case("how much cash did I take out in the last 3 months", figures=spent(months(-3, -1), "cash")),
    case("how much did I spend on OTT and other subscriptions in 2026", figures=spent(YEAR, "subscriptions")),
    case("spending on my ICICI card in September", figures=spent(BEFORE, account="icici")),
    case("what went out of my SBI account last month", figures=spent(LAST, account="sbi")),
    case("groceries from my HDFC account in October", figures=spent(LAST, "groceries", account="hdfc")),
    case("how much did I spend at Swiggy this year", figures=spent(YEAR, payee="Swiggy")),
    case("swigy spends in 2026", figures=spent(YEAR, payee="Swiggy")),
    case("Uber rides this year - how much?", figures=spent(YEAR, payee="Uber")),
    case("amazon purchases total this year", figures=spent(YEAR, payee="Amazon")),
    case("rent and groceries together in October", figures=total(spent(LAST, "rent"), spent(LAST, "groceries"))),
    case("spending excluding rent last month", figures=difference(spent(LAST), spent(LAST, "rent"))),
    case(
        "spending except rent and investments last month",
        figures=lambda o: rupees(
            o.spent(*LAST) - o.spent(*LAST, category="rent") - o.spent(*LAST, category="investments")
        ),
    ),
    *many(
        """
        What percent of my spending went to rent last month?
        what share of October's spending was rent
        how much of my spending in October was on rent, in percent
        """,
        share(LAST, "rent"),
    ),
    case(
        "what percentage of my salary went to rent in October",
        figures=lambda o: percent(o.spent(*LAST, category="rent"), o.earned(*LAST, "salary")),
    ),
    case(
        "rent as a percentage of income this year",
        figures=lambda o: percent(o.spent(*YEAR, category="rent"), o.earned(*YEAR)),
    ),
    *many(
        """
        average monthly grocery spend over the last 6 months
        how much do I usually spend on groceries a month
        what's my typical monthly grocery bill
        groceries per month on average
        avrage montly grocries
        """,
        average(months(-6, -1), 6, "groceries"),
    ),
    case("what do I spend on average every month", figures=average(months(-6, -1), 6)),
    case("average fuel spend over the last 3 months", figures=average(months(-3, -1), 3, "fuel")),
    case("average spend per day in October", figures=average(LAST, 31)),
    *many(
        """
        Which category did I spend most on last month?
        where did most of my money go in October
        biggest spending category last month
        what am I spending the most on? last month please
        break down October's spending by category
        """,
        top(LAST, "category"),
    ),
    *many(
        """
        top 3 merchants this year
        who did I pay the most this year
        spending by merchant in 2026
        which payee got most of my money this year
        """,
        top(YEAR, "payee"),
    ),
    case(
        "which month did I spend most in this year",
        figures=lambda o: rupees(max(o.spent(*month(-n)) for n in range(11))),
    ),
    case("dining trend for the last 4 months", figures=spent(month(-4), "dining")),
    case("how has my fuel spend changed over the last 6 months", figures=spent(month(-6), "fuel")),
    case("month by month groceries this year", figures=spent(month(-3), "groceries")),
]


def _or_none(amount: object) -> str:
    return rupees(amount) if amount else "No spending"  # type: ignore[arg-type]
