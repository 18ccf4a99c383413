"""Command: say of an account of Fi's and one of one's own whether they are one."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from services.financial.application.fi.leaving_out import leave_out, take_in_again
from services.financial.application.fi.merging import merge
from services.financial.application.fi.ports import FiUnitOfWork, FiUnitOfWorkFactory
from services.financial.application.records.changing import Changing
from services.financial.domain.account import Account
from services.financial.domain.categorisation import RuleSet
from services.financial.domain.errors import AccountNotFoundError
from services.financial.domain.fi.twins import (
    DecidedTwins,
    LeftOutBeforeError,
    NotTwinsError,
    TwinDecision,
    Twins,
    left_out,
    twins_among,
)
from services.financial.domain.records.history import Actor
from services.shared.domain.clock import Clock
from services.shared.domain.ids import AccountId, UserId
from services.shared.domain.money import Money


@dataclass(frozen=True, slots=True, kw_only=True)
class ResolveFiDoubleRequest:
    """Fi's account, one's own, and what is said of them; with `dry_run` nothing is kept."""

    user_id: UserId
    account_id: AccountId
    own_account_id: AccountId
    decision: TwinDecision
    actor: Actor = Actor.PERSON
    dry_run: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class FiResolutionView:
    """What was done, or would be done when `dry_run`.

    `same` lines stood on both accounts and stand once now, with what was said of either; `moved` came from Fi's;
    `taken_away` are no more. `balance` is what the own account has then, `reported` what Fi's had before.
    """

    decision: TwinDecision
    dry_run: bool
    reported_account: str
    own_account: str
    same: int
    moved: int
    taken_away: int
    currency: str
    balance: Decimal
    reported: Decimal


class ResolveFiDouble:
    """Merges the two, leaves Fi's out, or has them be two. What is said last counts; all of it stays on record.

    Merged, Fi's account is no more: lines that both have stand once, the others move, and the next fetch goes into
    the own account. Left out, what Fi told of the account is taken away and later fetches keep nothing of it; said to
    be separate afterwards, the next fetch brings it again.
    """

    def __init__(self, unit_of_work: FiUnitOfWorkFactory, rules: RuleSet, clock: Clock) -> None:
        self._unit_of_work = unit_of_work
        self._rules = rules
        self._clock = clock

    async def __call__(self, request: ResolveFiDoubleRequest) -> FiResolutionView:
        """AccountNotFoundError, NotTwinsError, LeftOutBeforeError, or HoldingsDoNotMergeError."""
        async with self._unit_of_work() as unit:
            await unit.fi.get(request.user_id)  # locks the link: no fetch meanwhile
            changing = await Changing.begin(unit, request.user_id, self._rules, request.actor, self._clock.now())
            twins = _twins(changing, request)
            reported = await _balance(unit, twins.reported)
            same, moved, gone = await self._do(unit, changing, twins, request.decision)
            await unit.twins.decide(_decided(request, changing))
            balance = await _balance(unit, twins.own)
            if not request.dry_run:
                await unit.commit()
        return FiResolutionView(
            decision=request.decision,
            dry_run=request.dry_run,
            reported_account=twins.reported.name,
            own_account=twins.own.name,
            same=same,
            moved=moved,
            taken_away=gone,
            currency=twins.own.currency,
            balance=balance,
            reported=reported,
        )

    async def _do(
        self, unit: FiUnitOfWork, changing: Changing, twins: Twins, decision: TwinDecision
    ) -> tuple[int, int, int]:
        """How many lines were the same, how many moved, and how many were taken away."""
        is_left_out = twins.reported.id in left_out(await unit.twins.decided(changing.user_id))
        if decision is TwinDecision.MERGE:
            if is_left_out:
                raise LeftOutBeforeError
            same, moved = await merge(unit, changing, twins)
            return same, moved, 0
        if decision is TwinDecision.LEAVE_OUT:
            return 0, 0, await leave_out(unit, changing, twins.reported)
        if is_left_out:
            await take_in_again(unit, twins.reported)
        return 0, 0, 0


async def _balance(unit: FiUnitOfWork, account: Account) -> Decimal:
    return Money((await unit.accounts.standing(account.id))[0], account.currency).amount


def _twins(changing: Changing, request: ResolveFiDoubleRequest) -> Twins:
    wanted = (request.account_id, request.own_account_id)
    if not changing.accounts.keys() >= set(wanted):
        raise AccountNotFoundError
    for twins in twins_among(changing.accounts.values()):
        if (twins.reported.id, twins.own.id) == wanted:
            return twins
    raise NotTwinsError


def _decided(request: ResolveFiDoubleRequest, changing: Changing) -> DecidedTwins:
    return DecidedTwins(
        user_id=request.user_id,
        account_id=request.account_id,
        own_account_id=request.own_account_id,
        decision=request.decision,
        actor=request.actor,
        decided_at=changing.now,
    )
