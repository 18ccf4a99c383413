"""Identities of lines that a person deleted or edited into others."""

from __future__ import annotations

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


async def retire(connection: AsyncConnection, transaction: Transaction) -> None:
    """Keep the identity of a line that is no more, so that no file brings it back."""
    await connection.execute(
        insert(retired_lines).values(
            account_id=transaction.account_id,
            fingerprint=transaction.fingerprint,
            occurrence=transaction.occurrence,
            booked_on=transaction.booked_on,
            amount=transaction.amount.amount,
        )
    )
