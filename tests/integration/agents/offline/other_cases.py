"""Income, savings, balances, net worth, transactions, recurring payments, goals, the person."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from tests.integration.agents.offline.cases import (
    FY26,
    LAST,
    THIS,
    YEAR,
    Case,
    Expected,
    both,
    case,
    closing,
    count,
    earned,
    largest_purchase,
    many,
    month,
    months,
    percent,
    saved,
    says,
    spent,
    total,
)
from tests.integration.agents.offline.households import GOAL_NAME
from tests.support.oracle import Oracle, rupees


def _salary(oracle: Oracle) -> str:
    latest = max((e for e in oracle.household.truth.ledger if e.category == "salary"), key=lambda e: e.date)
    return rupees(latest.amount)


def _last_rent(oracle: Oracle) -> str:
    latest = max((e for e in oracle.household.truth.ledger if e.category == "rent"), key=lambda e: e.date)
    return f"{latest.date.day} {latest.date:%b %Y}"


def _recurring(oracle: Oracle) -> tuple[str, ...]:
    return tuple(rupees(one.amount) for one in oracle.household.truth.recurring)


def _moved(*, into_card: bool) -> Expected:
    """Transfers of last month: into the card's account, or out of any."""

    def told(oracle: Oracle) -> str:
        rows = [e for e in oracle.household.truth.ledger if e.category == "transfer" and LAST[0] <= e.date <= LAST[1]]
        wanted = [e.amount for e in rows if (e.amount > 0 and e.account == "icici" if into_card else e.amount < 0)]
        return rupees(sum(wanted, Decimal(0)))

    return told


def _on_days(*weekdays: int) -> Expected:
    return lambda o: rupees(
        sum((o.spent(on, on) for day in range(1, 32) if (on := date(2026, 10, day)).weekday() in weekdays), Decimal(0))
    )


OTHERS: list[Case] = [
    *many(
        """
        How much did I earn last month?
        what was my income in October
        how much money came in last month
        total credited income in Oct 2026
        how much did I make in October
        incme last mnth
        """,
        earned(LAST),
    ),
    case("my salary in October", figures=earned(LAST, "salary")),
    case("did my salary come this month?", figures=earned(THIS, "salary")),
    case("interest earned this year", figures=earned(YEAR, "interest")),
    case("what interest did my savings earn in 2026", figures=earned(YEAR, "interest")),
    case("total income in FY 2025-26", figures=earned(FY26)),
    case("how much did I make this year before tax", figures=earned(YEAR)),
    case("when did my salary come last?", figures=_salary),
    case("when was my last salary credited", figures=_salary),
    *many(
        """
        How much did I save last month?
        what were my savings in October
        what's left after expenses in October
        income vs expenses last month
        cash flow for October
        give me a quick summary of October
        how did I do financially last month
        net savings Oct 2026
        """,
        saved(LAST),
    ),
    case("how much have I saved this year", figures=saved(YEAR)),
    case(
        "what's my savings rate for the last 6 months",
        figures=lambda o: percent(o.earned(*months(-6, -1)) - o.spent(*months(-6, -1)), o.earned(*months(-6, -1))),
    ),
    case("am I spending more than I earn? last 3 months", figures=saved(months(-3, -1))),
    *many(
        """
        What is my net worth?
        how much am I worth right now
        networth
        what's my total wealth
        net wroth today
        """,
        lambda o: rupees(o.net_worth()),
    ),
    case("What's the balance of my SBI account?", figures=closing("sbi")),
    case("sbi balance", figures=closing("sbi")),
    case(
        "What was the opening balance of my SBI account?",
        figures=lambda o: rupees({str(key): value for key, value in o.household.truth.opening.items()}["sbi"]),
    ),
    case("How much money do I have in HDFC?", figures=closing("hdfc")),
    case("How much is in my HDFC savings account", figures=closing("hdfc")),
    case("what is my balnce in HDFC acc", figures=closing("hdfc")),
    *many(
        """
        How much do I owe on my credit card?
        what is my credit card outstanding
        how much is my credit card bill
        icici card dues
        """,
        closing("icici"),
    ),
    case("show all my account balances", figures=both(closing("hdfc"), closing("sbi"), closing("icici"))),
    case("how much money do I have", figures=both(closing("hdfc"), closing("sbi"))),
    *many(
        """
        What was my biggest expense last month?
        largest purchase in October
        single most expensive purchase last month
        costliest thing I bought last month
        top 3 expenses in October
        """,
        largest_purchase(LAST),
    ),
    case("how many times did I order from Zomato in the last 3 months", figures=count(months(-3, -1), payee="Zomato")),
    case("how often did I use Uber this year", figures=count(YEAR, payee="Uber")),
    case("number of times I ate out last month", figures=count(LAST, category="dining")),
    case("number of grocery purchases in October", figures=count(LAST, category="groceries")),
    case("when did I last pay rent", figures=_last_rent),
    case("when was rent paid last", figures=_last_rent),
    case("did I get any refunds in the last 10 years?", figures=lambda _: ("efund",)),
    case(
        "how many transactions did I make last month",
        figures=lambda o: (
            f"{sum(LAST[0] <= e.date <= LAST[1] for e in o.household.truth.ledger)} transactions",
        ),
    ),
    *many(
        """
        Which payments come back every month?
        list my recurring payments
        what are my fixed monthly payments
        what standing instructions do I have
        """,
        _recurring,
    ),
    case("how much did I transfer between my accounts last month", figures=_moved(into_card=False)),
    case("how much did I pay towards my credit card bill in October", figures=_moved(into_card=True)),
    case("how are my goals doing", figures=lambda _: (GOAL_NAME, "₹25,000.50")),
    case("am I on track for my trip to Ladakh", figures=lambda _: (GOAL_NAME,)),
    case("what's my name", figures=lambda _: "Asha Rao"),
    case("spending on weekends last month", figures=_on_days(5, 6)),
    case("how much do I spend on Sundays? October", figures=_on_days(6)),
    case("what did I spend on weekdays in October", figures=_on_days(0, 1, 2, 3, 4)),
    case("which day did I spend the most last month", figures=lambda o: rupees(
        max(o.spent(date(2026, 10, d), date(2026, 10, d)) for d in range(1, 32)))),
    case("highest income month this year", figures=lambda o: rupees(max(o.earned(*month(-n)) for n in range(11)))),
    says("hello", words="For example"),
    says("what can you do?", words="For example"),
    says("should I buy Infosys shares?", words="not"),
    says("colourless green ideas sleep furiously", words="did not understand"),
    says("blah blah blah", words="did not understand"),
    says("what's the weather in Pune", words="not in your money records"),
    says("transfer 5000 to Ravi", words="cannot move money"),
    case("income and rent in October", figures=lambda o: rupees(o.spent(*LAST, category="rent"))),
    case("what did I spend on rent, groceries and fuel in October", figures=total(
        spent(LAST, "rent"), spent(LAST, "groceries"), spent(LAST, "fuel"))),
]  # fmt: skip
