"""Query: accounts that came from Fi and that the person may also have of their own making."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from services.financial.application.fi.link_fi import FiRequest
from services.financial.application.fi.ports import FiUnitOfWorkFactory
from services.financial.application.readers import FinanceReader
from services.financial.domain.account import Account, AccountType
from services.financial.domain.fi.twins import TwinDecision, twins_among
from services.shared.domain.ids import AccountId


@dataclass(frozen=True, slots=True, kw_only=True)
class FiDoubleAccountView:
    """One of the two, and its balance."""

    account_id: AccountId
    name: str
    account_type: AccountType
    currency: str
    balance: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class FiDoubleView:
    """Fi's account and one of the person's own. Without a decision both count."""

    reported: FiDoubleAccountView
    own: FiDoubleAccountView
    decision: TwinDecision | None
    decided_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class FiDoublesView:
    """The pairs; `undecided` counts those of which nothing was said yet."""

    undecided: int
    doubles: tuple[FiDoubleView, ...]


class ListFiDoubles:
    """Answers with pairs of the same kind at the same bank, by name."""

    def __init__(self, unit_of_work: FiUnitOfWorkFactory, reader: FinanceReader) -> None:
        self._unit_of_work = unit_of_work
        self._reader = reader

    async def __call__(self, request: FiRequest) -> FiDoublesView:
        """The pairs, and what was said of them."""
        async with self._unit_of_work() as unit:
            decided = {(one.account_id, one.own_account_id): one for one in await unit.twins.decided(request.user_id)}
        standings = await self._reader.standings(request.user_id)
        balances = {standing.account.id: standing.balance.amount for standing in standings}
        found = []
        pairs = twins_among(standing.account for standing in standings)
        for twins in sorted(pairs, key=lambda one: (one.reported.name, one.own.name)):
            said = decided.get((twins.reported.id, twins.own.id))
            found.append(
                FiDoubleView(
                    reported=_view(twins.reported, balances[twins.reported.id]),
                    own=_view(twins.own, balances[twins.own.id]),
                    decision=said.decision if said else None,
                    decided_at=said.decided_at if said else None,
                )
            )
        return FiDoublesView(undecided=sum(1 for one in found if one.decision is None), doubles=tuple(found))


def _view(account: Account, balance: Decimal) -> FiDoubleAccountView:
    return FiDoubleAccountView(
        account_id=account.id,
        name=account.name,
        account_type=account.account_type,
        currency=account.currency,
        balance=balance,
    )
