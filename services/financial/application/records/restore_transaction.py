"""Command: put a transaction back to how it was."""

from __future__ import annotations

from dataclasses import dataclass, replace

from services.financial.application.records.changing import Changing
from services.financial.application.records.entering_anew import enter_anew, pair_anew
from services.financial.application.transaction_views import transaction_view
from services.financial.application.views import TransactionView
from services.financial.domain.categorisation import RuleSet
from services.financial.domain.errors import TransactionNotFoundError, VersionNotFoundError
from services.financial.domain.period import Period
from services.financial.domain.records.history import Actor, Change, TransactionState, state_at
from services.financial.domain.repositories import UnitOfWorkFactory
from services.financial.domain.transaction import CategorySource, Transaction, fingerprint
from services.shared.domain.clock import Clock
from services.shared.domain.ids import TransactionId, UserId


@dataclass(frozen=True, slots=True, kw_only=True)
class RestoreTransactionRequest:
    """How it was after that version; 0 is how it was before its first change."""

    user_id: UserId
    transaction_id: TransactionId
    version: int
    actor: Actor = Actor.PERSON


class RestoreTransaction:
    """Undoes what came after a version, deletion included. The undoing is itself a version and can be undone."""

    def __init__(self, unit_of_work: UnitOfWorkFactory, rules: RuleSet, clock: Clock) -> None:
        self._unit_of_work = unit_of_work
        self._rules = rules
        self._clock = clock

    async def __call__(self, request: RestoreTransactionRequest) -> TransactionView:
        """TransactionNotFoundError; VersionNotFoundError, also where the transaction did not exist then."""
        async with self._unit_of_work() as unit:
            changing = await Changing.begin(unit, request.user_id, self._rules, request.actor, self._clock.now())
            before = await unit.transactions.get(request.user_id, request.transaction_id)
            state = await self._state(changing, request, before)
            after = await (_made_again(changing, request, state) if before is None else _back(changing, before, state))
            if after != before:
                version = (await changing.versions([(before, after)], Change.RESTORED))[0]
                unit.record(changing.event(after, Change.RESTORED, version.version))
            await unit.commit()
        return transaction_view(after, changing.accounts[after.account_id].name)

    async def _state(
        self, changing: Changing, request: RestoreTransactionRequest, now: Transaction | None
    ) -> TransactionState:
        versions = await changing.unit.history.list(request.user_id, request.transaction_id)
        if now is None and not versions:
            raise TransactionNotFoundError
        state = state_at(versions, request.version)
        if state is None:
            raise VersionNotFoundError
        own = await changing.unit.own_categories.list(request.user_id)
        return state.with_known({one.id: one for one in own})


async def _back(changing: Changing, before: Transaction, state: TransactionState) -> Transaction:
    after = state.applied_to(before)
    await changing.unit.transactions.save([after, *await changing.released(_leaving(before, after), besides=set())])
    if (after.booked_on, after.amount, after.narration, after.reference) != (
        before.booked_on,
        before.amount,
        before.narration,
        before.reference,
    ):
        after = await enter_anew(changing, before, after)
    if after.category_source is not CategorySource.USER:
        await pair_anew(changing, after)
    return await changing.transaction(after.id)


def _leaving(before: Transaction, after: Transaction) -> list[Transaction]:
    return [before] if before.transfer_pair_id and not after.transfer_pair_id else []


async def _made_again(changing: Changing, request: RestoreTransactionRequest, state: TransactionState) -> Transaction:
    key = fingerprint(state.booked_on, state.amount, state.narration, state.reference)
    account = changing.account(state.account_id)
    unit = changing.unit
    made = state.applied_to(
        Transaction(
            id=request.transaction_id,
            user_id=request.user_id,
            account_id=account.id,
            booked_on=state.booked_on,
            amount=state.amount,
            narration=state.narration,
            payee=state.payee,
            category=state.category,
            category_source=state.category_source,
            rule_id=state.rule_id,
            reference=state.reference,
            balance_after=None,
            fingerprint=key,
            occurrence=await unit.transactions.claim_occurrence(account.id, key),
            import_id=None,
            line_no=0,
            created_at=changing.now,
        )
    )
    await unit.transactions.add(replace(made, transfer_pair_id=None))
    await unit.accounts.add_movements(account.id, made.amount, 1, Period(made.booked_on, made.booked_on))
    if made.category_source is not CategorySource.USER:
        await pair_anew(changing, made)
    return await changing.transaction(made.id)
