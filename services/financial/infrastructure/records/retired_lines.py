"""Identities of lines that a person deleted or edited into others."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import delete, func, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from services.financial.domain.transaction import Transaction
from services.financial.infrastructure.records.tables import retired_lines
from services.financial.infrastructure.tables import transactions
from services.shared.domain.ids import AccountId

_R = retired_lines.c


async def claim_occurrence(connection: AsyncConnection, account_id: AccountId, key: bytes) -> int:
    """The occurrence number for one more line of this identity: a retired one's, which is live then, or the next."""
    same = (_R.account_id == account_id, _R.fingerprint == key)
    retired = (await connection.execute(select(func.min(_R.occurrence)).where(*same))).scalar_one()
    if retired is not None:
        await connection.execute(delete(retired_lines).where(*same, _R.occurrence == retired))
        return int(retired)
    t = transactions.c
    highest = select(func.max(t.occurrence)).where(t.account_id == account_id, t.fingerprint == key)
    last = (await connection.execute(highest)).scalar_one()
    return 0 if last is None else int(last) + 1


async def retire(connection: AsyncConnection, lines: Sequence[Transaction]) -> None:
    """Keep the identities of lines that are no more, so that no file brings them back."""
    rows = [
        {
            "account_id": line.account_id,
            "fingerprint": line.fingerprint,
            "occurrence": line.occurrence,
            "booked_on": line.booked_on,
            "amount": line.amount.amount,
        }
        for line in lines
    ]
    if rows:
        await connection.execute(insert(retired_lines), rows)


async def unretire(connection: AsyncConnection, account_id: AccountId) -> None:
    """Forget the identities of the account's lines that are no more."""
    await connection.execute(delete(retired_lines).where(_R.account_id == account_id))
