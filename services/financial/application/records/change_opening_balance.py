"""Command: say what an account held before its first transaction on record."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal

from services.financial.application.get_account import GetAccount, GetAccountRequest
from services.financial.application.views import AccountView
from services.financial.domain.account import Account
from services.financial.domain.errors import AccountNotFoundError
from services.financial.domain.events import OpeningBalanceChanged
from services.financial.domain.records.history import Actor
from services.financial.domain.records.opening import OpeningChange
from services.financial.domain.repositories import UnitOfWorkFactory
from services.shared.domain.clock import Clock
from services.shared.domain.ids import AccountId, UserId
from services.shared.domain.money import Money


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeOpeningBalanceRequest:
    """Which account, and what it held, in its own currency; money owed is negative."""

    user_id: UserId
    account_id: AccountId
    opening_balance: Decimal
    actor: Actor = Actor.PERSON


class ChangeOpeningBalance:
    """The balance, today and on every day, differs by as much; what it was is kept."""

    def __init__(self, unit_of_work: UnitOfWorkFactory, get_account: GetAccount, clock: Clock) -> None:
        self._unit_of_work = unit_of_work
        self._get_account = get_account
        self._clock = clock

    async def __call__(self, request: ChangeOpeningBalanceRequest) -> AccountView:
        """The account as it stands then. AccountNotFoundError, or InvalidInputError for an amount out of bounds."""
        async with self._unit_of_work() as unit:
            own = await unit.accounts.lock_all(request.user_id)
            account = next((one for one in own if one.id == request.account_id), None)
            if account is None:
                raise AccountNotFoundError
            changed = replace(account, opening_balance=Money(request.opening_balance, account.currency))
            if changed != account:
                await unit.accounts.restate(account.id, changed.opening_balance - account.opening_balance)
                await unit.accounts.keep_opening_change(self._change(account, changed, request.actor))
                unit.record(_event(account, changed, request.actor))
                await unit.commit()
        return await self._get_account(GetAccountRequest(user_id=request.user_id, account_id=request.account_id))

    def _change(self, before: Account, after: Account, actor: Actor) -> OpeningChange:
        return OpeningChange(
            user_id=before.user_id,
            account_id=before.id,
            before=before.opening_balance,
            after=after.opening_balance,
            actor=actor,
            changed_at=self._clock.now(),
        )


def _event(before: Account, after: Account, actor: Actor) -> OpeningBalanceChanged:
    return OpeningBalanceChanged(
        user_id=before.user_id,
        account_id=before.id,
        previous=before.opening_balance,
        opening_balance=after.opening_balance,
        actor=actor.value,
    )
