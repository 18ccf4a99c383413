"""Everyday questions as they are typed in India: lower case, Hinglish, k and lakh, periods that lean on today."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import ROUND_HALF_EVEN, Decimal

from tests.integration.agents.offline.cases import (
    BEFORE,
    FY26,
    FY27,
    LAST,
    THIS,
    YEAR,
    Case,
    Days,
    Expected,
    average,
    both,
    case,
    count,
    difference,
    earned,
    many,
    month,
    months,
    saved,
    says,
    spent,
    total,
)
from tests.integration.agents.offline.households import TODAY
from tests.support.oracle import INCOME, Oracle, rupees

SPRING: Days = (date(2026, 3, 1), date(2026, 6, 30))
QUARTER: Days = (date(2026, 7, 1), date(2026, 9, 30))


def back(days: int) -> Days:
    return TODAY - timedelta(days=days - 1), TODAY


def weekly(days: Days, category: str | None = None) -> Expected:
    """The average over the full weeks, Monday to Sunday, that lie in the days."""

    def told(oracle: Oracle) -> str:
        first = days[0] + timedelta(days=-days[0].weekday() % 7)
        starts = [first + timedelta(weeks=n) for n in range(60) if first + timedelta(weeks=n, days=6) <= days[1]]
        sums = [oracle.spent(one, one + timedelta(days=6), category=category) for one in starts]
        return rupees((sum(sums, Decimal(0)) / len(sums)).quantize(Decimal("0.01"), ROUND_HALF_EVEN))

    return told


def daily(days: Days) -> Expected:
    length = (days[1] - days[0]).days + 1
    return lambda o: rupees((o.spent(*days) / length).quantize(Decimal("0.01"), ROUND_HALF_EVEN))


def by_weekday(*groups: tuple[int, ...]) -> Expected:
    """Last month's average a day on the days of each group; Monday is 0."""

    def told(oracle: Oracle) -> tuple[str, ...]:
        days = [LAST[0] + timedelta(days=offset) for offset in range((LAST[1] - LAST[0]).days + 1)]
        sums = [[oracle.spent(one, one) for one in days if one.weekday() in group] for group in groups]
        return tuple(rupees((sum(s, Decimal(0)) / len(s)).quantize(Decimal("0.01"), ROUND_HALF_EVEN)) for s in sums)

    return told


def received_in(days: Days, account: str) -> Expected:
    """Money that came into one account as income."""

    def told(oracle: Oracle) -> str:
        rows = [e for e in oracle.household.truth.ledger if days[0] <= e.date <= days[1] and e.account == account]
        amount = sum((e.amount for e in rows if e.category in INCOME), Decimal(0))
        return rupees(amount) if amount else "No income"

    return told


def moved_most(before: Days, after: Days) -> Expected:
    """How much spending changed, and the category that moved it most."""

    def told(oracle: Oracle) -> tuple[str, ...]:
        change = oracle.spent(*after) - oracle.spent(*before)
        names = {e.category for e in oracle.household.truth.ledger} - INCOME - {"transfer"}
        changes = [oracle.spent(*after, category=one) - oracle.spent(*before, category=one) for one in names]
        most = max(changes) if change > 0 else min(changes)
        return rupees(change), rupees(most)

    return told


EVERYDAY: list[Case] = [
    # Averages over a day, a week, a month, of one period or of several.
    case("weekly average in september and october", figures=weekly((BEFORE[0], LAST[1]))),
    case("weekly average spend in september and october", figures=weekly((BEFORE[0], LAST[1]))),
    case("what's my average weekly grocery spend in sep and oct", figures=weekly((BEFORE[0], LAST[1]), "groceries")),
    case("avg monthly spend in sept and oct", figures=average((BEFORE[0], LAST[1]), 2)),
    case("average spend in march and october", figures=both(average(month(-8), 1), average(LAST, 1))),
    case("avg monthly spend sep vs oct", figures=difference(spent(BEFORE), spent(LAST))),
    case("daily average spending in october", figures=daily(LAST)),
    case("per day kitna kharcha hua october mein", figures=daily(LAST)),
    case("har din kitna kharcha hota hai", figures=daily(LAST)),
    case("mahine me average kitna kharch hota hai", figures=average(months(-6, -1), 6)),
    # Periods.
    case("this fy how much did i spend on shopping", figures=spent(FY27, "shopping")),
    case("fy 25-26 mein total income", figures=earned(FY26)),
    case("how much did i earn this fy", figures=earned(FY27)),
    case("last 3 months food spend", figures=spent(months(-3, -1), "dining")),
    case("last 3 months mein khane pe kitna gaya", figures=spent(months(-3, -1), "dining")),
    case("petrol last 2 months total", figures=spent(months(-2, -1), "fuel")),
    case("how much did i spend in last quarter on dining", figures=spent(QUARTER, "dining")),
    case("q2 fy27 spending", figures=spent(QUARTER)),
    case("first half of this year spending", figures=spent((date(2026, 1, 1), date(2026, 6, 30)))),
    case("how much did i spend in the last fortnight", figures=spent(back(14))),
    case("last 45 days spend", figures=spent(back(45))),
    case("how much did i spend 2 months ago", figures=spent(BEFORE)),
    case("month before last spending", figures=spent(BEFORE)),
    case("pichle se pichle mahine kitna kharcha hua", figures=spent(BEFORE)),
    case("spending same month last year", figures=spent(month(-13))),
    case("last year same month kitna kharcha tha", figures=spent(month(-13))),
    case("spending jan to mar", figures=spent((date(2026, 1, 1), date(2026, 3, 31)))),
    case("spend from 1st april till today", figures=spent((date(2026, 4, 1), TODAY))),
    case("march se june ke beech kitna kharcha hua", figures=spent(SPRING)),
    case("ytd spend on travel", figures=lambda o: rupees(o.spent(*YEAR, category="travel"))
         if o.spent(*YEAR, category="travel") else "No spending"),
    case("mtd spend", figures=spent(THIS)),
    case("how much on groceries in the first week of october", figures=spent(
        (date(2026, 10, 1), date(2026, 10, 7)), "groceries")),
    case("total emi paid till date", figures=lambda o: rupees(o.spent(date(2000, 1, 1), TODAY, category="loan_emi"))
         if o.spent(date(2000, 1, 1), TODAY, category="loan_emi") else "No spending"),
    case("compare this fy with last fy", figures=both(spent(FY27), spent(FY26))),
    case("compare q1 and q2", figures=difference(spent((date(2026, 4, 1), date(2026, 6, 30))), spent(QUARTER))),
    case("oct me sept se kitna zyada kharcha hua", figures=difference(spent(LAST), spent(BEFORE))),
    case("swiggy vs zomato last 3 months", figures=difference(
        spent(months(-3, -1), payee="Swiggy"), spent(months(-3, -1), payee="Zomato"))),
    case("did i spend more on swiggy than zomato this fy", figures=difference(
        spent(FY27, payee="Swiggy"), spent(FY27, payee="Zomato"))),
    # Times that only the person knows the days of.
    *[
        says(question, words="Which days do you mean by", never=("₹",))
        for question in (
            "how much did i spend since diwali", "diwali ke baad kitna kharcha hua",
            "between diwali and christmas how much did i spend", "since my birthday how much did i spend",
            "since new year how much did i spend", "how much did i spend during navratri",
            "what did i spend on independence day", "summer holidays spending", "monsoon mein kitna kharcha hua",
            "how much did i spend last diwali",
        )
    ],
    case("how much did i spend since diwali", "8 nov to 12 nov", figures=spent(
        (date(2026, 11, 8), date(2026, 11, 12)))),
    # Kinds of things.
    case("food + groceries last month", figures=total(spent(LAST, "dining"), spent(LAST, "groceries"))),
    case("expenses except rent", figures=lambda o: rupees(o.spent(*THIS) - o.spent(*THIS, category="rent"))),
    case("how much did i spend excluding investments in october", figures=lambda o: rupees(
        o.spent(*LAST) - o.spent(*LAST, category="investments"))),
    case("ghar kharch kitna hua pichle mahine", figures=spent(LAST)),
    case("paisa kahan ja raha hai", figures=spent(THIS)),
    case("how many times did i use ola last month", figures=count(LAST, payee="Ola")),
    case("average per transaction on swiggy", figures=spent((date(2000, 1, 1), TODAY), payee="Swiggy")),
    case("6 mahine mein kitna bachaya", figures=saved(months(-6, -1))),
    case("salary aa gayi kya october mein", figures=earned(LAST, "salary")),
    case("hdfc account me october mein kitna aaya", figures=received_in(LAST, "hdfc")),
    case("income in my sbi account in october", figures=received_in(LAST, "sbi")),
    case("income last 3 months month wise", figures=both(earned(month(-3)), earned(month(-2)), earned(month(-1)))),
    case("monthly expenses chart", figures=both(spent(month(-2)), spent(month(-1)))),
    *many(
        """
        why did i spend more in october than in september
        what changed in my spending in october against september
        october mein kharcha zyada kyun hua september se
        """,
        moved_most(BEFORE, LAST),
    ),
    case("show my net worth trend this year", figures=lambda o: rupees(o.net_worth())),
    # Rows by amount.
    case("10k se 20k ke beech ke kharche october mein", figures=lambda o: _between(o, LAST, 10_000, 20_000)),
    case("spends between 1k and 5k in oct", figures=lambda o: _between(o, LAST, 1_000, 5_000)),
    # What is not known, cannot be done, or is better asked again.
    case("which weekday do i spend most", figures=by_weekday(*((one,) for one in range(7)))),
    case("do i spend more on weekends", figures=by_weekday((5, 6), tuple(range(5)))),
    case("weekend vs weekday spending", figures=by_weekday((5, 6), tuple(range(5)))),
    says("how much loan can i get", words="do not know what a bank would lend"),
    says("fd interest rate of sbi", words="not in your money records"),
    says("convert my balance to usd", words="not in your money records"),
    says("gold rate today", words="not in your money records"),
    says("sell my mutual funds", words="cannot move money"),
    says("buy 10 shares of tcs", words="cannot move money"),
    says("how much upi did i do last month", words="did not understand"),
    says("how much will i spend next month", words="lies in the future"),
    says("remember to pay my rent", words="cannot remind you"),
    says("undo that", words="Which payment do you mean?"),
    case("mera financial health kaisa hai", figures=saved(LAST)),
]  # fmt: skip


def _between(oracle: Oracle, days: Days, least: int, most: int) -> str:
    """The newest row of money out within those bounds."""
    rows = [
        e
        for e in oracle.household.truth.ledger
        if days[0] <= e.date <= days[1] and least <= -e.amount <= most and e.category not in INCOME
    ]
    return rupees(max(rows, key=lambda one: one.date).amount) if rows else "o"
