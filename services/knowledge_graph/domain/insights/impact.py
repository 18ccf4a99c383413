"""What breaks when an account is closed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from services.knowledge_graph.domain.insights.sums import MOST_LISTED, PayeeSum, by_payee
from services.knowledge_graph.domain.insights.window import per_month, percent
from services.knowledge_graph.domain.model import AccountNode
from services.knowledge_graph.domain.movements import (
    Holdings,
    Movement,
    OwnTransfer,
    is_income,
    is_spending,
    total_of,
)
from services.shared.domain.ids import AccountId, GoalId
from services.shared.domain.money import Money


@dataclass(frozen=True, slots=True, kw_only=True)
class AffectedGoal:
    """A goal, and why it is affected."""

    goal_id: GoalId
    goal: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BrokenTransfer:
    """A flow between own accounts that would need another way; `direction` is `in` or `out`, seen from the account."""

    account: str
    direction: str
    monthly: Decimal
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountImpact:
    """What would need another account: income, regular payments, transfers, goals.

    `income_percent` and `spending_percent` are the account's shares of all income and spending in its currency.
    """

    account_id: AccountId
    account: str
    currency: str
    income_percent: Decimal
    spending_percent: Decimal
    goals: tuple[AffectedGoal, ...]
    income: tuple[PayeeSum, ...]
    regular_payments: tuple[PayeeSum, ...]
    transfers: tuple[BrokenTransfer, ...]
    left_out: tuple[str, ...]


def account_impact(
    holdings: Holdings,
    movements: Sequence[Movement],
    transfers: Sequence[OwnTransfer],
    account: AccountNode,
    months: int,
) -> AccountImpact:
    """A payment is regular when its payee was paid from the account in at least half of the months, and in two."""
    currency = account.currency
    everywhere = [movement for movement in movements if movement.total.currency == currency]
    here = [movement for movement in everywhere if movement.account_id == account.id]
    regular = [m for m in here if is_spending(m) and m.months >= 2 and 2 * m.months >= months]
    return AccountImpact(
        account_id=account.id,
        account=account.name,
        currency=currency,
        income_percent=percent(
            total_of(filter(is_income, here), currency), total_of(filter(is_income, everywhere), currency)
        ),
        spending_percent=percent(
            total_of(filter(is_spending, here), currency), total_of(filter(is_spending, everywhere), currency)
        ),
        goals=_goals(holdings, transfers, account),
        income=by_payee(filter(is_income, here), currency, months),
        regular_payments=by_payee(regular, currency, months),
        transfers=_transfers(holdings, transfers, account, months),
        left_out=() if len(here) == sum(m.account_id == account.id for m in movements) else ("other currencies",),
    )


def _goals(holdings: Holdings, transfers: Sequence[OwnTransfer], account: AccountNode) -> tuple[AffectedGoal, ...]:
    linked = {goal.id: goal for goal in holdings.goals_of(account.id)}
    affected = [AffectedGoal(goal_id=goal.id, goal=goal.name, reason="it is linked") for goal in linked.values()]
    for transfer in transfers:
        if transfer.source != account.id:
            continue
        target = holdings.account(transfer.target)
        for goal in holdings.goals_of(transfer.target):
            if goal.id not in linked:
                linked[goal.id] = goal
                reason = f"it is fed: money goes from here to {target.name if target else 'its account'}"
                affected.append(AffectedGoal(goal_id=goal.id, goal=goal.name, reason=reason))
    return tuple(affected)


def _transfers(
    holdings: Holdings, transfers: Sequence[OwnTransfer], account: AccountNode, months: int
) -> tuple[BrokenTransfer, ...]:
    found = []
    for transfer in transfers:
        if account.id not in (transfer.source, transfer.target):
            continue
        other_id = transfer.target if transfer.source == account.id else transfer.source
        other = holdings.account(other_id)
        found.append(
            BrokenTransfer(
                account=other.name if other else "an account not yet known by name",
                direction="out" if transfer.source == account.id else "in",
                monthly=per_month(Money(transfer.total.amount, transfer.total.currency), months),
                count=transfer.count,
            )
        )
    return tuple(found[:MOST_LISTED])
