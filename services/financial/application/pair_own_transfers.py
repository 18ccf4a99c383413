"""Pairing the legs of transfers on record, whatever the order in which their statements came."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

from services.financial.application.meaning import recategorise
from services.financial.domain.account import Account
from services.financial.domain.categorisation import Categoriser
from services.financial.domain.category import Category
from services.financial.domain.period import Period
from services.financial.domain.repositories import FinancialUnitOfWork
from services.financial.domain.transaction import CategorySource, Transaction
from services.financial.domain.transfer_pairing import MAX_DAYS_APART, PairingCandidate, pair_transfers
from services.shared.domain.ids import AccountId, TransactionId

_REACH = timedelta(days=MAX_DAYS_APART)


async def pair_own_transfers(
    unit: FinancialUnitOfWork, own: Mapping[AccountId, Account], days: Period, categoriser: Categoriser
) -> None:
    """Pair anew what lies in these days or near them, and keep what has changed.

    What the person has categorised stays, and so does a pair whose other leg lies outside.
    """
    if len(own) < 2:
        return
    user_id = next(iter(own.values())).user_id
    around = Period(days.start - _REACH, days.end + _REACH)
    found = {t.id: t for t in await unit.transactions.mirrored(user_id, around, MAX_DAYS_APART)}
    free = [t for t in found.values() if _is_free(t, found)]
    alone = {t.id: recategorise(t, categoriser, own[t.account_id]) for t in free}
    paired = _paired(alone)
    changed = [after for after in paired.values() if after != found[after.id]]
    if changed:
        await unit.transactions.save_categories(changed)


def _is_free(transaction: Transaction, found: Mapping[TransactionId, Transaction]) -> bool:
    other = transaction.transfer_pair_id
    if transaction.category_source is CategorySource.USER:
        return False
    return other is None or (other in found and found[other].category_source is not CategorySource.USER)


def _paired(alone: Mapping[TransactionId, Transaction]) -> dict[TransactionId, Transaction]:
    """The transactions with the pairs among them."""
    result = dict(alone)
    for pair in pair_transfers([_candidate(t) for t in alone.values()]):
        for leg, other in ((pair.debit, pair.credit), (pair.credit, pair.debit)):
            result[leg] = replace(
                result[leg],
                category=Category.TRANSFER,
                category_source=CategorySource.PAIRING,
                rule_id="",
                own_category=None,
                transfer_pair_id=other,
            )
    return result


def _candidate(transaction: Transaction) -> PairingCandidate:
    return PairingCandidate(
        id=transaction.id,
        account_id=transaction.account_id,
        booked_on=transaction.booked_on,
        amount=transaction.amount,
        narration=f"{transaction.narration} {transaction.reference}",
        payee=transaction.payee,
        category=transaction.category,
    )
