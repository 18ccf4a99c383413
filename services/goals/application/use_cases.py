"""Everything the goals context can do, ready to be called."""

from dataclasses import dataclass

from services.goals.application.create_goal import CreateGoal
from services.goals.application.delete_goal import DeleteGoal
from services.goals.application.get_goal import GetGoal
from services.goals.application.list_goals import ListGoals


@dataclass(frozen=True, slots=True, kw_only=True)
class GoalsUseCases:
    """One instance of every command and query."""

    create_goal: CreateGoal
    delete_goal: DeleteGoal
    get_goal: GetGoal
    list_goals: ListGoals
