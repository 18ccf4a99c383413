"""Compares and rebuilds what is kept beforehand, in PostgreSQL."""

from __future__ import annotations

from typing import Final

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from services.financial.application.rollups.check_figures import FiguresCheckView
from services.financial.infrastructure.caching.versions import count_change
from services.shared.domain.ids import UserId

_OWN: Final = "account_id IN (SELECT id FROM accounts WHERE user_id = :user_id)"
_TRUE_SUMS: Final = f"""
SELECT account_id, date_trunc('month', booked_on::timestamp)::date AS month, category, type, sum(amount), count(*)
FROM transactions WHERE {_OWN} GROUP BY 1, 2, 3, 4
"""  # noqa: S608 - a constant
_KEPT_SUMS: Final = f"SELECT account_id, month, category, type, amount, entries FROM transaction_months WHERE {_OWN}"  # noqa: S608
_WRONG_SUMS: Final = f"""
SELECT count(DISTINCT (account_id, month, category, type)) FROM (
    (({_KEPT_SUMS}) EXCEPT ({_TRUE_SUMS})) UNION ALL (({_TRUE_SUMS}) EXCEPT ({_KEPT_SUMS}))
) AS different
"""  # noqa: S608 - constants
_TRUE_ACCOUNTS: Final = """
SELECT a.id, a.opening_balance + coalesce(sum(t.amount), 0) AS balance, count(t.id) AS n,
    min(t.booked_on) AS first, max(t.booked_on) AS last
FROM accounts a LEFT JOIN transactions t ON t.account_id = a.id WHERE a.user_id = :user_id GROUP BY a.id
"""
_DIFFERS: Final = (
    "(a.current_balance, a.transaction_count) <> (f.balance, f.n)"
    " OR a.first_transaction_on IS DISTINCT FROM f.first OR a.last_transaction_on IS DISTINCT FROM f.last"
)
_WRONG_ACCOUNTS: Final = f"SELECT count(*) FROM accounts a JOIN ({_TRUE_ACCOUNTS}) AS f ON f.id = a.id WHERE {_DIFFERS}"  # noqa: S608
_MEND_ACCOUNTS: Final = f"""
UPDATE accounts a SET current_balance = f.balance, transaction_count = f.n, first_transaction_on = f.first,
    last_transaction_on = f.last
FROM ({_TRUE_ACCOUNTS}) AS f WHERE f.id = a.id AND ({_DIFFERS})
"""  # noqa: S608 - constants
_REPAIR: Final = (
    f"DELETE FROM transaction_months WHERE {_OWN}",  # noqa: S608
    f"INSERT INTO transaction_months (account_id, month, category, type, amount, entries) {_TRUE_SUMS}",
    _MEND_ACCOUNTS,
)


class PostgresFigureAudit:
    """Implements FigureAudit."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine

    async def check(self, user_id: UserId, *, repair: bool) -> FiguresCheckView:
        """Look at everything in one transaction; whoever changes the person's records waits while it repairs."""
        who = {"user_id": user_id}
        async with self._engine.begin() as connection:
            await connection.execute(
                text(f"SELECT id FROM accounts WHERE user_id = :user_id ORDER BY id {'FOR UPDATE' if repair else ''}"),  # noqa: S608
                who,
            )
            sums = int((await connection.execute(text(_WRONG_SUMS), who)).scalar_one())
            figures = int((await connection.execute(text(_WRONG_ACCOUNTS), who)).scalar_one())
            if repair and (sums or figures):
                for statement in _REPAIR:
                    await connection.execute(text(statement), who)
                await count_change(connection, [user_id])
        return FiguresCheckView(sums, figures, repaired=repair and bool(sums or figures))
