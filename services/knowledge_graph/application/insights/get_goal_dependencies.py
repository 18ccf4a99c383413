"""Query: which accounts, payees and categories a goal depends on."""

from __future__ import annotations

from dataclasses import dataclass

from services.knowledge_graph.application.insights.views import GoalDependenciesView, take_picture
from services.knowledge_graph.domain.errors import GraphGoalNotFoundError
from services.knowledge_graph.domain.insights.dependencies import goal_dependencies
from services.knowledge_graph.domain.insights.window import DEFAULT_MONTHS
from services.knowledge_graph.domain.repositories import MovementReader
from services.shared.domain.clock import Clock
from services.shared.domain.ids import GoalId, UserId


@dataclass(frozen=True, slots=True, kw_only=True)
class GetGoalDependenciesRequest:
    """Which goal, over how many complete months."""

    user_id: UserId
    goal_id: GoalId
    months: int = DEFAULT_MONTHS


class GetGoalDependencies:
    """Follows the graph from a goal back to income."""

    def __init__(self, reader: MovementReader, clock: Clock) -> None:
        self._reader = reader
        self._clock = clock

    async def __call__(self, request: GetGoalDependenciesRequest) -> GoalDependenciesView:
        """What the goal depends on; GraphGoalNotFoundError when the graph knows no such goal of the person."""
        seen = await take_picture(self._reader, self._clock, request.user_id, request.months)
        goal = seen.holdings.goal(request.goal_id)
        if goal is None:
            raise GraphGoalNotFoundError
        window = seen.window
        found = goal_dependencies(seen.holdings, seen.movements, seen.transfers, goal, window.months)
        return GoalDependenciesView(
            as_of=window.as_of, from_=window.start, to=window.end, months=window.months, dependencies=found
        )
