"""Command: delete a transaction that was entered by hand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from services.financial.application.records.changing import Changing
from services.financial.domain.categorisation import RuleSet
from services.financial.domain.errors import NotManualError
from services.financial.domain.events import TransactionsDeleted
from services.financial.domain.records.history import Actor, Change, TransactionVersion
from services.financial.domain.repositories import UnitOfWorkFactory
from services.financial.domain.transaction import Transaction
from services.shared.domain.clock import Clock
from services.shared.domain.ids import TransactionId, UserId

_MAX_PER_EVENT: Final = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class DeleteTransactionRequest:
    """Which one."""

    user_id: UserId
    transaction_id: TransactionId
    actor: Actor = Actor.PERSON


class DeleteTransaction:
    """Takes an entry by hand away; the balance follows, and its history stays, from which it can be restored.

    No file brings it back. What came from a statement cannot be deleted: the account would not add up any more.
    """

    def __init__(self, unit_of_work: UnitOfWorkFactory, rules: RuleSet, clock: Clock) -> None:
        self._unit_of_work = unit_of_work
        self._rules = rules
        self._clock = clock

    async def __call__(self, request: DeleteTransactionRequest) -> None:
        """TransactionNotFoundError, or NotManualError."""
        async with self._unit_of_work() as unit:
            changing = await Changing.begin(unit, request.user_id, self._rules, request.actor, self._clock.now())
            gone = await changing.transaction(request.transaction_id)
            if not gone.is_manual:
                raise NotManualError("can be deleted")
            await take_away(changing, gone)
            await unit.commit()


async def take_away(changing: Changing, gone: Transaction) -> None:
    """Delete an entry by hand, and keep that it was there."""
    version = (await take_away_all(changing, [gone]))[0]
    await changing.unit.accounts.adjust(gone.account_id, -gone.amount, -1)
    changing.unit.record(changing.event(gone, Change.DELETED, version.version))


async def take_away_all(changing: Changing, gone: Sequence[Transaction]) -> list[TransactionVersion]:
    """Delete transactions, and keep that they were there; the figures of their accounts are the caller's to adjust."""
    unit, ids = changing.unit, [one.id for one in gone]
    await unit.transactions.save(await changing.released(gone, besides=set(ids)))
    await unit.transactions.delete(ids)
    await unit.transactions.retire(gone)
    for start in range(0, len(ids), _MAX_PER_EVENT):
        some = tuple(ids[start : start + _MAX_PER_EVENT])
        unit.record(TransactionsDeleted(user_id=changing.user_id, transaction_ids=some))
    return await changing.versions([(one, None) for one in gone], Change.DELETED)
