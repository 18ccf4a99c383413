"""Accounts that Fi tells of and that a bank's files are imported into as well: each line once, whichever came first."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Final

from services.financial.domain.account import Account
from services.financial.domain.fi.snapshot import FORMAT
from services.financial.domain.fi.twins import same_lines
from services.financial.domain.filters import TransactionFilter
from services.financial.domain.repositories import FinancialUnitOfWork
from services.financial.domain.transaction import Transaction

MAX_LINES: Final = 1_000_000
_REACH: Final = timedelta(days=7)


async def without_repeats(
    unit: FinancialUnitOfWork, account: Account, new: Sequence[Transaction], form: str
) -> list[Transaction]:
    """The new lines without those that the other source of the account has brought."""
    if not account.fi_mcp_account_id or not new:
        return list(new)
    formats = await unit.imports.formats(account.id)
    others = {import_id for import_id, known in formats.items() if (known == FORMAT) != (form == FORMAT)}
    if not others:
        return list(new)
    days = [line.booked_on for line in new]
    wanted = TransactionFilter(
        user_id=account.user_id, account_id=account.id, start=min(days) - _REACH, end=max(days) + _REACH
    )
    known = [one for one in await unit.transactions.matching(wanted, MAX_LINES) if one.import_id in others]
    repeated = {one.id for one, _ in same_lines(new, known)}
    return [one for one in new if one.id not in repeated]
