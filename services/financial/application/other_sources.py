"""Accounts of which Fi tells or files of several formats do: each line once, whichever came first.

Within one format a line is known by its fingerprint; formats write narrations and references each in their own way.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Final

from services.financial.domain.account import Account
from services.financial.domain.fi.twins import same_lines
from services.financial.domain.filters import TransactionFilter
from services.financial.domain.repositories import FinancialUnitOfWork
from services.financial.domain.statement import StatementLine
from services.financial.domain.transaction import Transaction, fingerprint

MAX_LINES: Final = 1_000_000
_REACH: Final = timedelta(days=7)


async def without_repeats(
    unit: FinancialUnitOfWork, account: Account, new: Sequence[Transaction], lines: Sequence[StatementLine], form: str
) -> list[Transaction]:
    """The new transactions, out of all the `lines` that came, without those that another format has brought."""
    if not new:
        return []
    formats = await unit.imports.formats(account.id)
    others = {import_id for import_id, known in formats.items() if known != form}
    if not others:
        return list(new)
    days = [one.booked_on for one in new]
    wanted = TransactionFilter(
        user_id=account.user_id, account_id=account.id, start=min(days) - _REACH, end=max(days) + _REACH
    )
    # What came and is known by its fingerprint is not what another line repeats.
    told = {fingerprint(line.booked_on, line.amount, line.narration, line.reference) for line in lines}
    known = [
        one
        for one in await unit.transactions.matching(wanted, MAX_LINES)
        if one.import_id in others and one.fingerprint not in told
    ]
    repeated = {one.id for one, _ in same_lines(new, known)}
    return [one for one in new if one.id not in repeated]
