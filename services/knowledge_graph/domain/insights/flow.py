"""How money flows from income over accounts to spending, other accounts and goals."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Final

from services.knowledge_graph.domain.insights.sums import MOST_LISTED, by_category, by_payee
from services.knowledge_graph.domain.insights.window import per_month
from services.knowledge_graph.domain.movements import (
    Holdings,
    Movement,
    OwnTransfer,
    is_income,
    is_spending,
    total_of,
)
from services.shared.domain.ids import AccountId
from services.shared.domain.money import Money

UNNAMED: Final = "an account not yet known by name"


class FlowKind(StrEnum):
    """What a flow is, by its two ends."""

    INCOME = "income_to_account"
    TRANSFER = "account_to_account"
    SPENDING = "account_to_category"
    GOAL = "account_to_goal"


@dataclass(frozen=True, slots=True, kw_only=True)
class Flow:
    """Money from one end to the other. `shared` when it counts towards several goals, each told the whole of it."""

    kind: FlowKind
    source: str
    target: str
    total: Decimal
    monthly: Decimal
    shared: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class MoneyFlow:
    """The flows of one currency, each kind's largest first, and what they come to.

    `to_goals` is what came into accounts that goals are linked to, as income or from the person's other accounts;
    each account is counted once.
    """

    currency: str
    income: Decimal
    spending: Decimal
    to_goals: Decimal
    flows: tuple[Flow, ...]
    left_out: tuple[str, ...]


def money_flow(
    holdings: Holdings, movements: Sequence[Movement], transfers: Sequence[OwnTransfer], months: int, currency: str
) -> MoneyFlow:
    """The flows of a period of so many months; see `Movement` and `OwnTransfer` for what they are."""
    names = {account.id: account.name for account in holdings.accounts}
    own = [movement for movement in movements if movement.total.currency == currency]
    moved = [transfer for transfer in transfers if transfer.total.currency == currency]
    reaching = {account: _reaching(account, own, moved, holdings, currency) for _, account in holdings.links}
    flows = [
        *_income(own, names, months, currency),
        *(
            Flow(
                kind=FlowKind.TRANSFER,
                source=names.get(transfer.source, UNNAMED),
                target=names.get(transfer.target, UNNAMED),
                total=transfer.total.amount,
                monthly=per_month(transfer.total, months),
            )
            for transfer in moved[:MOST_LISTED]
        ),
        *_spending(own, names, months, currency),
        *_goals(holdings, reaching, names, months),
    ]
    return MoneyFlow(
        currency=currency,
        income=total_of(filter(is_income, own), currency).amount,
        spending=total_of(filter(is_spending, own), currency).amount,
        to_goals=Money.total(reaching.values(), currency).amount,
        flows=tuple(flows),
        left_out=_left_out(holdings, movements, currency),
    )


def main_currency(holdings: Holdings, movements: Sequence[Movement]) -> str:
    """The currency of most movements; without any, that of most accounts, and INR without those."""
    counts: dict[str, int] = {}
    for movement in movements:
        counts[movement.total.currency] = counts.get(movement.total.currency, 0) + movement.count
    for account in () if counts else holdings.accounts:
        counts[account.currency] = counts.get(account.currency, 0) + 1
    return min(counts, key=lambda name: (-counts[name], name)) if counts else "INR"


def _income(own: Sequence[Movement], names: dict[AccountId, str], months: int, currency: str) -> list[Flow]:
    flows = [
        Flow(kind=FlowKind.INCOME, source=one.payee or one.category, target=name, total=one.total, monthly=one.monthly)
        for account, name in names.items()
        for one in by_payee([m for m in own if m.account_id == account and is_income(m)], currency, months)
    ]
    return sorted(flows, key=lambda flow: -flow.total)[:MOST_LISTED]


def _spending(own: Sequence[Movement], names: dict[AccountId, str], months: int, currency: str) -> list[Flow]:
    flows = [
        Flow(kind=FlowKind.SPENDING, source=name, target=one.category, total=one.total, monthly=one.monthly)
        for account, name in names.items()
        for one in by_category([m for m in own if m.account_id == account and is_spending(m)], currency, months)
    ]
    return sorted(flows, key=lambda flow: -flow.total)[: 2 * MOST_LISTED]


def _goals(
    holdings: Holdings, reaching: dict[AccountId, Money], names: dict[AccountId, str], months: int
) -> list[Flow]:
    flows = []
    for goal_id, account in holdings.links:
        goal = holdings.goal(goal_id)
        if goal is not None and reaching[account].amount:
            flows.append(
                Flow(
                    kind=FlowKind.GOAL,
                    source=names.get(account, UNNAMED),
                    target=goal.name,
                    total=reaching[account].amount,
                    monthly=per_month(reaching[account], months),
                    shared=len(holdings.goals_of(account)) > 1,
                )
            )
    return sorted(flows, key=lambda flow: -flow.total)[:MOST_LISTED]


def _reaching(
    account: AccountId, own: Sequence[Movement], moved: Sequence[OwnTransfer], holdings: Holdings, currency: str
) -> Money:
    """What came into a linked account from outside the goals: income, and transfers from accounts of no goal."""
    linked = {other for _, other in holdings.links}
    earned = total_of((m for m in own if m.account_id == account and is_income(m)), currency)
    incoming = (t.total for t in moved if t.target == account and t.source not in linked)
    return earned + Money.total(incoming, currency)


def _left_out(holdings: Holdings, movements: Sequence[Movement], currency: str) -> tuple[str, ...]:
    reasons = []
    other = sorted({m.total.currency for m in movements} - {currency})
    if other:
        reasons.append(f"movements in {', '.join(other)}")
    linked = {goal for goal, _ in holdings.links}
    alone = [goal.name for goal in holdings.goals if goal.id not in linked]
    if alone:
        shown = ", ".join(alone[:5]) + (f" and {len(alone) - 5} more" if len(alone) > 5 else "")
        reasons.append(f"what reaches goals that are linked to no account: {shown}")
    return tuple(reasons)
