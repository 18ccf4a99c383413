"""Scale: one person with a million transactions among ten thousand others, on embedded PostgreSQL.

Queries run through their use cases, without HTTP and without the cache, for a person with ten thousand transactions and
for one with a million: a figure per query, and how much dearer the larger one is.
"""

from __future__ import annotations

import asyncio
import statistics
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterator
from datetime import date
from pathlib import Path
from random import Random

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from benchmarks.figures import Figure
from data.embedded import Engine, running_engines
from data.migrations.upgrade import upgrade
from data.postgres import create_engine
from services.financial.application.analysis.analyse_cash_flow import AnalyseCashFlowRequest
from services.financial.application.analysis.compare_periods import ComparePeriodsRequest
from services.financial.application.analysis.find_anomalies import FindAnomaliesRequest
from services.financial.application.analysis.forecast_balances import ForecastBalancesRequest
from services.financial.application.analysis.get_net_worth_series import GetNetWorthSeriesRequest
from services.financial.application.find_recurring_payments import FindRecurringPaymentsRequest
from services.financial.application.get_monthly_summary import GetMonthlySummaryRequest
from services.financial.application.get_spending import GetSpendingRequest
from services.financial.application.list_transactions import ListTransactionsRequest
from services.financial.application.use_cases import FinancialUseCases
from services.financial.domain.filters import Grouping
from services.financial.domain.period import Month, Period
from services.financial.infrastructure.wiring import build_use_cases
from services.shared.domain.ids import UserId, new_uuid

OTHERS, ROWS_OF_OTHERS = 10_000, 100
SMALL, LARGE = 10_000, 1_000_000
ROUNDS, FEWEST, ENOUGH_S = 40, 8, 20.0
YEARS = 10

_PAYEES = "ARRAY['BIG BASKET','SWIGGY','UBER INDIA','AMAZON PAY','APOLLO PHARMACY','HPCL','NETFLIX','DMART']"
_CATEGORIES = "ARRAY['groceries','dining','transport','shopping','health','fuel','subscriptions','groceries']"
_ACCOUNTS = """
INSERT INTO accounts
    (id, user_id, account_type, name, institution, currency, opening_balance, current_balance, created_at)
SELECT gen_random_uuid(), :user_id, kind, kind, 'Bank', 'INR', 100000, 0, now()
FROM unnest(ARRAY['savings', 'current', 'credit_card']) AS kind
"""
_TRANSACTIONS = f"""
INSERT INTO transactions
    (id, user_id, account_id, amount, category, booked_on, narration, payee, reference, fingerprint, occurrence,
     line_no, category_source, rule_id, created_at)
SELECT gen_random_uuid(), :user_id, accounts.ids[1 + n % 3],
       CASE WHEN n % 50 = 0 THEN 90000 ELSE -(10 + n % 1500) END,
       CASE WHEN n % 50 = 0 THEN 'salary' ELSE ({_CATEGORIES})[1 + n % 8] END,
       DATE '2026-10-31' - (n % {YEARS * 365})::int,
       'UPI-' || ({_PAYEES})[1 + n % 8] || '-' || n, ({_PAYEES})[1 + n % 8] || ' ' || n % 97, '',
       decode(md5(n::text), 'hex'), 0, n, 'rule', 'sample', now()
FROM generate_series(1, :rows) AS n,
     (SELECT array_agg(id ORDER BY name) AS ids FROM accounts WHERE user_id = :user_id) AS accounts
"""  # noqa: S608 - constants of this module
_MANY = f"""
INSERT INTO accounts
    (id, user_id, account_type, name, institution, currency, opening_balance, current_balance, created_at)
SELECT gen_random_uuid(), gen_random_uuid(), 'savings', 'Savings', 'Bank', 'INR', 0, 0, now()
FROM generate_series(1, {OTHERS});
INSERT INTO transactions
    (id, user_id, account_id, amount, category, booked_on, narration, payee, reference, fingerprint, occurrence,
     line_no, category_source, rule_id, created_at)
SELECT gen_random_uuid(), a.user_id, a.id, -(10 + n % 1500), ({_CATEGORIES})[1 + n % 8], DATE '2026-10-31' - n,
       'UPI-' || n, ({_PAYEES})[1 + n % 8], '', decode(md5(n::text), 'hex'), 0, n, 'rule', 'sample', now()
FROM accounts AS a, generate_series(1, {ROWS_OF_OTHERS}) AS n WHERE a.name = 'Savings'
"""  # noqa: S608 - constants of this module

Query = Callable[[FinancialUseCases, UserId, Random], Awaitable[object]]


def _year(rng: Random) -> Period:
    year = rng.randrange(2018, 2026)
    return Period(date(year, 1, 1), date(year, 12, 31))


async def _summary(finance: FinancialUseCases, user_id: UserId, rng: Random) -> object:
    month = Month(rng.randrange(2017, 2026), rng.randrange(1, 13))
    return await finance.get_monthly_summary(GetMonthlySummaryRequest(user_id=user_id, month=month))


async def _series(finance: FinancialUseCases, user_id: UserId, _: Random) -> object:
    return await finance.analysis.get_net_worth_series(GetNetWorthSeriesRequest(user_id=user_id))


async def _page(finance: FinancialUseCases, user_id: UserId, rng: Random) -> object:
    until = date(rng.randrange(2018, 2027), rng.randrange(1, 11), 1)
    return await finance.list_transactions(ListTransactionsRequest(user_id=user_id, end=until))


async def _search(finance: FinancialUseCases, user_id: UserId, rng: Random) -> object:
    wanted = f"swiggy {rng.randrange(97)}"
    return await finance.list_transactions(ListTransactionsRequest(user_id=user_id, q=wanted))


async def _rare(finance: FinancialUseCases, user_id: UserId, rng: Random) -> object:
    wanted = f"swiggy-{rng.randrange(1, SMALL)}"
    return await finance.list_transactions(ListTransactionsRequest(user_id=user_id, q=wanted))


async def _cash_flow(finance: FinancialUseCases, user_id: UserId, rng: Random) -> object:
    return await finance.analysis.analyse_cash_flow(AnalyseCashFlowRequest(user_id=user_id, period=_year(rng)))


async def _anomalies(finance: FinancialUseCases, user_id: UserId, _: Random) -> object:
    return await finance.analysis.find_anomalies(FindAnomaliesRequest(user_id=user_id))


async def _payees(finance: FinancialUseCases, user_id: UserId, rng: Random) -> object:
    return await finance.get_spending(
        GetSpendingRequest(user_id=user_id, period=_year(rng), group_by=Grouping.PAYEE, top=10)
    )


async def _comparison(finance: FinancialUseCases, user_id: UserId, rng: Random) -> object:
    after = _year(rng)
    before = Period(after.start.replace(year=after.start.year - 1), after.end.replace(year=after.end.year - 1))
    return await finance.analysis.compare_periods(ComparePeriodsRequest(user_id=user_id, before=before, after=after))


async def _recurring(finance: FinancialUseCases, user_id: UserId, _: Random) -> object:
    return await finance.find_recurring_payments(FindRecurringPaymentsRequest(user_id=user_id))


async def _forecast(finance: FinancialUseCases, user_id: UserId, _: Random) -> object:
    return await finance.analysis.forecast_balances(ForecastBalancesRequest(user_id=user_id))


QUERIES: dict[str, tuple[Query, float | None]] = {
    "month_summary": (_summary, 50),
    "net_worth_series": (_series, 300),
    "transactions_first_page": (_page, 50),
    "search_first_page": (_search, 50),
    "search_for_what_is_rare": (_rare, None),
    "cash_flow_of_a_year": (_cash_flow, None),
    "anomalies": (_anomalies, None),
    "payees_of_a_year": (_payees, None),
    "comparison_of_years": (_comparison, None),
    "recurring": (_recurring, None),
    "forecast": (_forecast, None),
}


def measure() -> Iterator[Figure]:
    """The median and the p95 of each query for a million transactions, and the growth from ten thousand."""
    with (
        tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as home,
        running_engines(Path(home), frozenset({Engine.POSTGRES})) as addresses,
    ):
        yield from _measured(addresses[Engine.POSTGRES].url)


def _measured(url: str) -> Iterator[Figure]:
    """Figures as they come: filling takes minutes, and a person who waits wants to see how far it is."""
    with asyncio.Runner() as runner:
        engine = create_engine(url)
        try:
            runner.run(upgrade(engine))
            small, large = UserId(new_uuid()), UserId(new_uuid())
            runner.run(_fill(engine, {small: SMALL, large: LARGE}))
            finance = build_use_cases(engine)
            for name, (query, bar) in QUERIES.items():
                few, many = (runner.run(_taken_ms(finance, user_id, query)) for user_id in (small, large))
                yield Figure(f"{name}_1m_p50", many[0], "ms")
                yield Figure(f"{name}_1m_p95", many[1], "ms", bar=bar)
                yield Figure(f"{name}_growth_10k_to_1m", many[1] / few[1], "times")
        finally:
            runner.run(engine.dispose())


async def _fill(engine: AsyncEngine, people: dict[UserId, int]) -> None:
    async with engine.begin() as connection:
        for statement in _MANY.split(";"):
            await connection.execute(text(statement))
        for user_id, rows in people.items():
            await connection.execute(text(_ACCOUNTS), {"user_id": user_id})
            await connection.execute(text(_TRANSACTIONS), {"user_id": user_id, "rows": rows})
        await connection.execute(
            text(
                "UPDATE accounts SET transaction_count = t.count, first_transaction_on = t.first,"
                " last_transaction_on = t.last, current_balance = opening_balance + t.sum"
                " FROM (SELECT account_id, count(*), min(booked_on) AS first, max(booked_on) AS last, sum(amount)"
                " FROM transactions GROUP BY account_id) AS t WHERE t.account_id = accounts.id"
            )
        )
    # As autovacuum would have by the time that anybody has so many.
    async with engine.connect() as connection:
        settled = await connection.execution_options(isolation_level="AUTOCOMMIT")
        await settled.execute(text("VACUUM ANALYZE"))


async def _taken_ms(finance: FinancialUseCases, user_id: UserId, query: Query) -> tuple[float, float]:
    """The median and the 95th percentile; what takes long is not done as often, but beyond the plans of a first use."""
    rng = Random(1)
    await query(finance, user_id, rng)
    taken = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        await query(finance, user_id, rng)
        taken.append(time.perf_counter() - began)
        if len(taken) >= FEWEST and sum(taken) > ENOUGH_S:
            break
    return statistics.median(taken) * 1000, statistics.quantiles(taken, n=20)[-1] * 1000
