"""What may stand out among payments, from PostgreSQL, in exact arithmetic."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any, Final

from sqlalchemy import RowMapping, TextClause, text
from sqlalchemy.ext.asyncio import AsyncEngine

from data.transactions import planning_anew
from services.financial.application.analysis.oddities_reader import Newcomer, Repeat, Search, Suspect
from services.financial.domain.analysis.anomalies import (
    LEAST_OF_CATEGORY,
    LEAST_OF_PAYEE,
    LEAST_RATIO,
    REPEAT_DAYS,
    Charge,
)
from services.financial.domain.analysis.robust import MAD_TO_SIGMA, OUTLIER_SCORE, RobustSpread
from services.financial.domain.category import Category
from services.financial.domain.summary import SPENDING_CATEGORIES
from services.financial.infrastructure.payee_names import payee_name_sql
from services.shared.domain.ids import TransactionId
from services.shared.domain.money import Money

# The middle of an even number of values is the mean of two: the discrete median from below and the one from above.
_MEDIAN: Final = (
    "(percentile_disc(0.5) WITHIN GROUP (ORDER BY {0}) + percentile_disc(0.5) WITHIN GROUP (ORDER BY {0} DESC)) / 2"
)
# Names are made once for each spelling of a payee.
_CHARGES: Final = f"""
spelled AS MATERIALIZED (
    SELECT t.id, t.booked_on, t.payee, t.category, a.name AS account, -t.amount AS amount, t.user_id
    FROM transactions t JOIN accounts a ON a.id = t.account_id
    WHERE t.user_id = :user_id AND a.user_id = :user_id AND a.currency = :currency AND t.amount < 0
      AND t.booked_on BETWEEN :known_from AND :known_to AND t.category = ANY(:spending)
),
names AS MATERIALIZED (
    SELECT jsonb_object_agg(payee, {payee_name_sql("payee")}) AS of_payees FROM (SELECT DISTINCT payee FROM spelled) one
),
charges AS MATERIALIZED (SELECT *, (SELECT of_payees FROM names) ->> payee AS name FROM spelled)"""  # noqa: S608
_FAR: Final = f"""
WITH {_CHARGES},
lately AS MATERIALIZED (SELECT DISTINCT {{key}} FROM charges WHERE booked_on BETWEEN :window_from AND :window_to),
everyday AS MATERIALIZED (SELECT percentile_disc(0.5) WITHIN GROUP (ORDER BY amount) AS everyday FROM charges),
middles AS MATERIALIZED (
    SELECT {{key}}, count(*) AS n, {_MEDIAN.format("amount")} AS median
    FROM charges WHERE {{key}} IN (SELECT {{key}} FROM lately) GROUP BY {{key}} HAVING count(*) >= :least
),
spreads AS MATERIALIZED (
    SELECT {{key}}, n, median, {_MEDIAN.format("abs(amount - median)")} AS mad,
        avg(abs(amount - median)) AS mean_deviation
    FROM charges JOIN middles USING ({{key}}) GROUP BY {{key}}, n, median
)
SELECT c.*, s.n, s.median, s.mad, s.mean_deviation, everyday,
    (SELECT count(*) FROM charges b WHERE b.name = c.name) AS of_payee,
    (
        SELECT max(b.amount) FROM charges b
        WHERE b.name = c.name AND b.booked_on BETWEEN c.booked_on - 395 AND c.booked_on - 335
    ) AS year_before
FROM charges c JOIN spreads s USING ({{key}}), everyday
WHERE c.booked_on BETWEEN :window_from AND :window_to AND c.amount >= s.median * :ratio
  AND (c.amount - s.median) * :to_sigma >= s.mad * :score AND c.amount - s.median >= everyday
ORDER BY c.amount - s.median DESC, c.id LIMIT :limit
"""  # noqa: S608 - only names of columns are put in
_REPEATS: Final = f"""
WITH {_CHARGES},
pairs AS MATERIALIZED (
    SELECT * FROM (
        SELECT c.*, lag(c.id) OVER w AS earlier_id, lag(c.booked_on) OVER w AS earlier_on,
            lag(c.account) OVER w AS earlier_account, lag(c.category) OVER w AS earlier_category
        FROM charges c WINDOW w AS (PARTITION BY c.name, c.amount ORDER BY c.booked_on, c.id)
    ) charged WHERE booked_on - earlier_on <= :repeat_days
)
SELECT p.*, (
    SELECT count(DISTINCT o.booked_on) FROM pairs o WHERE o.name = p.name AND abs(o.booked_on - p.booked_on) > 7
) AS habit
FROM pairs p
WHERE p.booked_on BETWEEN :window_from AND :window_to AND NOT EXISTS (
    SELECT FROM transactions r JOIN accounts a ON a.id = r.account_id
    WHERE r.user_id = :user_id AND r.payee = p.payee AND r.amount = p.amount AND a.currency = :currency
      AND r.booked_on BETWEEN p.earlier_on AND p.booked_on + 45
)
ORDER BY p.amount DESC, p.id LIMIT :limit
"""  # noqa: S608 - a constant
_NEWCOMERS: Final = f"""
WITH {_CHARGES},
middle AS MATERIALIZED (
    SELECT count(*) AS n, {_MEDIAN.format("amount")} AS median,
        percentile_disc(0.95) WITHIN GROUP (ORDER BY amount) AS large FROM charges
),
spread AS MATERIALIZED (
    SELECT n, median, large, {_MEDIAN.format("abs(amount - median)")} AS mad,
        avg(abs(amount - median)) AS mean_deviation
    FROM charges, middle GROUP BY n, median, large
)
SELECT c.*, s.n, s.median, s.mad, s.mean_deviation, s.large
FROM charges c, spread s
WHERE c.booked_on BETWEEN :window_from AND :window_to AND c.amount > s.large AND NOT EXISTS (
    SELECT FROM transactions e WHERE e.user_id = :user_id AND e.payee = c.payee
      AND (e.booked_on < c.booked_on OR (e.booked_on = c.booked_on AND e.id < c.id))
) AND NOT EXISTS (
    SELECT FROM charges o WHERE o.name = c.name
      AND (o.booked_on < c.booked_on OR (o.booked_on = c.booked_on AND o.id < c.id))
)
ORDER BY c.amount DESC, c.id LIMIT :limit
"""  # noqa: S608 - a constant


class PostgresOdditiesReader:
    """Implements OdditiesReader; every read takes a connection of its own from the pool."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine

    async def far_from_payee(self, search: Search) -> list[Suspect]:
        """Two passes over the payees that were paid in the window: medians, then distances from them."""
        return [_suspect(row, search) for row in await self._far(search, "name", LEAST_OF_PAYEE)]

    async def far_from_category(self, search: Search) -> list[Suspect]:
        """The same by category."""
        return [_suspect(row, search) for row in await self._far(search, "category", LEAST_OF_CATEGORY)]

    async def _far(self, search: Search, key: str, least: int) -> Sequence[RowMapping]:
        query = text(_FAR.format(key=key))
        values = {"least": least, "ratio": LEAST_RATIO, "to_sigma": MAD_TO_SIGMA, "score": OUTLIER_SCORE}
        return await self._rows(query, search, values)

    async def repeats(self, search: Search) -> list[Repeat]:
        """Neighbours of equal amounts by a window over payee and amount."""
        rows = await self._rows(text(_REPEATS), search, {"repeat_days": REPEAT_DAYS})
        return [Repeat(_charge(row, search), _earlier(row, search), row["habit"]) for row in rows]

    async def newcomers(self, search: Search) -> list[Newcomer]:
        """Large charges, each looked up in the index by payee."""
        rows = await self._rows(text(_NEWCOMERS), search, {})
        return [Newcomer(_charge(row, search), _spread(row), Money(row["large"], search.currency)) for row in rows]

    async def _rows(self, query: TextClause, search: Search, values: dict[str, Any]) -> Sequence[RowMapping]:
        common = {
            "user_id": search.user_id,
            "currency": search.currency,
            "known_from": search.known.start,
            "known_to": search.known.end,
            "window_from": search.window.start,
            "window_to": search.window.end,
            "spending": [category.value for category in SPENDING_CATEGORIES],
            "limit": search.limit,
        }
        async with planning_anew(self._engine) as connection:
            return (await connection.execute(query, common | values)).mappings().all()


def _suspect(row: RowMapping, search: Search) -> Suspect:
    before = row["year_before"]
    return Suspect(
        charge=_charge(row, search),
        spread=_spread(row),
        everyday=Money(row["everyday"], search.currency),
        of_payee=row["of_payee"],
        year_before=None if before is None else Money(before, search.currency),
    )


def _charge(row: RowMapping, search: Search) -> Charge:
    return Charge(
        TransactionId(row["id"]),
        row["booked_on"],
        row["payee"],
        Category(row["category"]),
        row["account"],
        Money(row["amount"], search.currency),
    )


def _earlier(row: RowMapping, search: Search) -> Charge:
    return Charge(
        TransactionId(row["earlier_id"]),
        row["earlier_on"],
        row["payee"],
        Category(row["earlier_category"]),
        row["earlier_account"],
        Money(row["amount"], search.currency),
    )


def _spread(row: RowMapping) -> RobustSpread:
    return RobustSpread(row["n"], Decimal(row["median"]), Decimal(row["mad"]), Decimal(row["mean_deviation"]))
