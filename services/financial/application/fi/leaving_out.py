"""Keeping nothing of what Fi tells of an account, and keeping it again."""

from __future__ import annotations

from services.financial.application.fi.merging import lines_of
from services.financial.application.fi.ports import FiUnitOfWork
from services.financial.application.records.changing import Changing
from services.financial.application.records.delete_transaction import take_away_all
from services.financial.domain.account import Account
from services.financial.domain.events import BalanceReported
from services.shared.domain.money import Money


async def leave_out(unit: FiUnitOfWork, changing: Changing, reported: Account) -> int:
    """Take its lines, balance and holdings away; how many lines there were. Their identities tell it later on."""
    lines = await lines_of(unit, changing, reported.id)
    await take_away_all(changing, lines)
    total = Money.total((line.amount for line in lines), reported.currency)
    await unit.accounts.adjust(reported.id, -total, -len(lines))
    balance = Money((await unit.accounts.standing(reported.id))[0], reported.currency)
    await unit.accounts.restate(reported.id, -balance)
    await unit.twins.forget_holdings(reported.id)
    zero = Money.zero(reported.currency)
    unit.record(BalanceReported(user_id=reported.user_id, account_id=reported.id, balance=zero))
    return len(lines)


async def take_in_again(unit: FiUnitOfWork, reported: Account) -> None:
    """Have the next fetch bring all of it again."""
    await unit.transactions.unretire(reported.id)
