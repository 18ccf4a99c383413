"""What the questions about flows look at."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from services.knowledge_graph.domain.insights.dependencies import GoalDependencies
from services.knowledge_graph.domain.insights.flow import MoneyFlow
from services.knowledge_graph.domain.insights.impact import AccountImpact
from services.knowledge_graph.domain.insights.window import Window, complete_months
from services.knowledge_graph.domain.movements import Holdings, Movement, OwnTransfer
from services.knowledge_graph.domain.repositories import MovementReader
from services.shared.domain.clock import Clock, today
from services.shared.domain.ids import UserId


@dataclass(frozen=True, slots=True, kw_only=True)
class _InsightView:
    """The days looked at, both included, and the day on which it was asked."""

    as_of: date
    from_: date
    to: date
    months: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MoneyFlowView(_InsightView):
    """How money flowed."""

    flow: MoneyFlow


@dataclass(frozen=True, slots=True, kw_only=True)
class GoalDependenciesView(_InsightView):
    """What a goal depends on."""

    dependencies: GoalDependencies


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountImpactView(_InsightView):
    """What breaks when an account is closed."""

    impact: AccountImpact


@dataclass(frozen=True, slots=True)
class Picture:
    """All that an insight is made of."""

    window: Window
    holdings: Holdings
    movements: Sequence[Movement]
    transfers: Sequence[OwnTransfer]


async def take_picture(reader: MovementReader, clock: Clock, user_id: UserId, months: int) -> Picture:
    """Read the person's holdings and what moved in the last complete months."""
    window = complete_months(today(clock), months)
    return Picture(
        window,
        await reader.holdings(user_id),
        await reader.movements(user_id, window.start, window.end),
        await reader.own_transfers(user_id, window.start, window.end),
    )
