"""Making one account of an account of Fi's and one of the person's own."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Final

from services.financial.application.fi.ports import FiUnitOfWork
from services.financial.application.meaning import own_categoriser
from services.financial.application.other_sources import MAX_LINES
from services.financial.application.pair_own_transfers import pair_own_transfers
from services.financial.application.records.changing import Changing
from services.financial.application.records.delete_transaction import take_away_all
from services.financial.domain.events import AccountsMerged
from services.financial.domain.fi.twins import Twins, require_mergeable, same_lines
from services.financial.domain.filters import TransactionFilter
from services.financial.domain.period import Period
from services.financial.domain.records.doubles import with_what_was_said
from services.financial.domain.records.history import Change
from services.financial.domain.transaction import Transaction
from services.shared.domain.ids import AccountId
from services.shared.domain.money import Money

_REACH: Final = timedelta(days=7)


async def merge(unit: FiUnitOfWork, changing: Changing, twins: Twins) -> tuple[int, int]:
    """How many lines both had, and how many moved to the own account; HoldingsDoNotMergeError."""
    require_mergeable(twins)
    reported, own = twins.reported, twins.own
    lines = await lines_of(unit, changing, reported.id)
    mine = await lines_of(unit, changing, own.id, _around(lines)) if lines else []
    pairs = same_lines(lines, mine)
    gone = {one.id for one, _ in pairs}
    moving = [line for line in lines if line.id not in gone]
    await changing.keep_all(_with_what_was_said(pairs), Change.EDITED)
    await take_away_all(changing, [one for one, _ in pairs])
    await _take_over_balance(unit, twins, moving)
    await unit.twins.absorb(reported, own)
    await unit.transactions.move(moving, own.id)
    await unit.twins.forget(reported)
    await unit.accounts.adjust(own.id, Money.total((line.amount for line in moving), own.currency), len(moving))
    unit.record(AccountsMerged(user_id=own.user_id, account_id=reported.id, into_account_id=own.id))
    await _pair_anew(changing, twins, lines)
    return len(pairs), len(moving)


async def lines_of(
    unit: FiUnitOfWork, changing: Changing, account_id: AccountId, days: Period | None = None
) -> list[Transaction]:
    """The account's transactions in these days, all of them when None."""
    wanted = TransactionFilter(
        user_id=changing.user_id,
        account_id=account_id,
        start=days.start if days else None,
        end=days.end if days else None,
    )
    return await unit.transactions.matching(wanted, MAX_LINES)


def _with_what_was_said(pairs: Sequence[tuple[Transaction, Transaction]]) -> list[tuple[Transaction, Transaction]]:
    """The own lines before and after, where the person has said something of Fi's."""
    said = ((line, with_what_was_said(line, one)) for one, line in pairs)
    return [(before, after) for before, after in said if after != before]


async def _take_over_balance(unit: FiUnitOfWork, twins: Twins, moving: Sequence[Transaction]) -> None:
    """What comes before the own account's first line was in what that account held before it."""
    _, count, first = await unit.accounts.standing(twins.own.id)
    if not count:
        await unit.accounts.restate(twins.own.id, twins.reported.opening_balance - twins.own.opening_balance)
        return
    older = [line.amount for line in moving if first is not None and line.booked_on < first]
    if older:
        await unit.accounts.restate(twins.own.id, -Money.total(older, twins.own.currency))


async def _pair_anew(changing: Changing, twins: Twins, lines: Sequence[Transaction]) -> None:
    if not lines:
        return
    accounts = {key: one for key, one in changing.accounts.items() if key != twins.reported.id}
    categoriser = await own_categoriser(changing.unit, changing.user_id, changing.rules)
    await pair_own_transfers(changing.unit, accounts, _around(lines), categoriser)


def _around(lines: Sequence[Transaction]) -> Period:
    days = [line.booked_on for line in lines]
    return Period(min(days) - _REACH, max(days) + _REACH)
