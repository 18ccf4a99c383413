"""What a goal depends on: accounts, who pays into them, and what else their money is spent on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from services.knowledge_graph.domain.insights.sums import CategorySum, PayeeSum, by_category, by_payee
from services.knowledge_graph.domain.insights.window import per_month
from services.knowledge_graph.domain.model import GoalNode
from services.knowledge_graph.domain.movements import Holdings, Movement, OwnTransfer, is_income, is_spending
from services.shared.domain.ids import AccountId, GoalId
from services.shared.domain.money import Money


class AccountRole(StrEnum):
    """Why a goal depends on an account."""

    LINKED = "linked"
    FEEDS = "feeds_a_linked_account"
    EARNS = "receives_income"


@dataclass(frozen=True, slots=True, kw_only=True)
class NeededAccount:
    """An account that a goal depends on. `monthly` is what it sends to linked accounts, or what they take in."""

    account_id: AccountId
    name: str
    role: AccountRole
    monthly: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class GoalDependencies:
    """`basis` says whether the goal's own accounts were followed, or all income for want of any."""

    goal_id: GoalId
    goal: str
    currency: str
    basis: str
    accounts: tuple[NeededAccount, ...]
    payees: tuple[PayeeSum, ...]
    categories: tuple[CategorySum, ...]
    left_out: tuple[str, ...]


def goal_dependencies(
    holdings: Holdings,
    movements: Sequence[Movement],
    transfers: Sequence[OwnTransfer],
    goal: GoalNode,
    months: int,
) -> GoalDependencies:
    """Follow transfers backwards from the goal's accounts to those that earn; payees are those who pay into them.

    `categories` is what the same accounts spend on: what is spent there cannot reach the goal.
    """
    currency = goal.target_amount.currency
    own = [movement for movement in movements if movement.total.currency == currency]
    moved = [transfer for transfer in transfers if transfer.total.currency == currency]
    linked = holdings.accounts_of(goal.id)
    reached = _upstream(linked, moved) if linked else _earning(own)
    accounts = [
        _needed(account_id, _role(account_id, linked), holdings, own, moved, reached, months, currency)
        for account_id in reached
    ]
    within = [movement for movement in own if movement.account_id in reached]
    return GoalDependencies(
        goal_id=goal.id,
        goal=goal.name,
        currency=currency,
        basis="the accounts that the goal is linked to, and those that feed them"
        if linked
        else "all accounts that receive income, since the goal is linked to no account",
        accounts=tuple(sorted(accounts, key=lambda one: (one.role is not AccountRole.LINKED, -one.monthly, one.name))),
        payees=by_payee(filter(is_income, within), currency, months),
        categories=by_category(filter(is_spending, within), currency, months),
        left_out=_left_out(movements, currency),
    )


def _upstream(linked: frozenset[AccountId], moved: Sequence[OwnTransfer]) -> frozenset[AccountId]:
    """The accounts and all from which money came to them, over however many steps."""
    reached, frontier = set(linked), set(linked)
    while frontier:
        frontier = {transfer.source for transfer in moved if transfer.target in frontier} - reached
        reached |= frontier
    return frozenset(reached)


def _earning(own: Sequence[Movement]) -> frozenset[AccountId]:
    return frozenset(movement.account_id for movement in own if is_income(movement))


def _role(account_id: AccountId, linked: frozenset[AccountId]) -> AccountRole:
    if account_id in linked:
        return AccountRole.LINKED
    return AccountRole.FEEDS if linked else AccountRole.EARNS


def _needed(
    account_id: AccountId,
    role: AccountRole,
    holdings: Holdings,
    own: Sequence[Movement],
    moved: Sequence[OwnTransfer],
    reached: frozenset[AccountId],
    months: int,
    currency: str,
) -> NeededAccount:
    account = holdings.account(account_id)
    earned = Money.total((m.total for m in own if m.account_id == account_id and is_income(m)), currency)
    sent = Money.total((t.total for t in moved if t.source == account_id and t.target in reached), currency)
    taken = Money.total((t.total for t in moved if t.target == account_id), currency)
    amount = {AccountRole.LINKED: earned + taken, AccountRole.FEEDS: sent, AccountRole.EARNS: earned}[role]
    return NeededAccount(
        account_id=account_id,
        name=account.name if account else "an account not yet known by name",
        role=role,
        monthly=per_month(amount, months),
    )


def _left_out(movements: Sequence[Movement], currency: str) -> tuple[str, ...]:
    other = sorted({m.total.currency for m in movements} - {currency})
    return (f"movements in {', '.join(other)}",) if other else ()
