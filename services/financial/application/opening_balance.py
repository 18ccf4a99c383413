"""What an account held before its first line on record, where a statement's balances tell it better than was said."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from services.financial.domain.account import Account
from services.financial.domain.repositories import FinancialUnitOfWork
from services.financial.domain.statement import ParsedStatement
from services.financial.domain.transaction import Transaction
from services.shared.domain.money import Money


async def open_as_stated(
    unit: FinancialUnitOfWork, account: Account, parsed: ParsedStatement, first_before: date | None
) -> tuple[Account, tuple[str, ...]]:
    """An account opened with nothing, with what its first statement begins with, and a sentence that says so."""
    stated = parsed.opening_balance
    if first_before is not None or account.opening_balance.amount or not stated or not stated.amount:
        return account, ()
    await unit.accounts.restate(account.id, stated)
    told = f"'{account.name}' was opened with nothing and the statement begins with {stated}: that was taken over."
    return replace(account, opening_balance=stated), (told,)


async def open_earlier(
    unit: FinancialUnitOfWork,
    account: Account,
    parsed: ParsedStatement,
    new: Sequence[Transaction],
    first_before: date | None,
) -> Account:
    """The account with the opening balance from which the lines on record still come to what they came to before.

    The new lines are stored already; `first_before` is the first day that was on record without them. Where the opening
    balance was meant for the older lines, or the statement does not prove that it was not, it stays.
    """
    older = [one.amount for one in new if first_before is not None and one.booked_on < first_before]
    stated = parsed.lines[-1].balance_after if parsed.lines else None
    if not older or stated is None:
        return account
    before = Money.total(older, account.currency)
    until_last = await unit.transactions.sum_until(account.id, parsed.lines[-1].booked_on, account.currency)
    computed = account.opening_balance + until_last
    if stated == computed or stated != computed - before:
        return account
    await unit.accounts.restate(account.id, -before)
    return replace(account, opening_balance=account.opening_balance - before)
