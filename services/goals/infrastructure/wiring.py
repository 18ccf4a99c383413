"""Names the adapters of the goals context."""

from sqlalchemy.ext.asyncio import AsyncEngine

from services.goals.application.create_goal import CreateGoal
from services.goals.application.delete_goal import DeleteGoal
from services.goals.application.get_goal import GetGoal
from services.goals.application.list_goals import ListGoals
from services.goals.application.use_cases import GoalsUseCases
from services.goals.infrastructure.postgres_goals import PostgresGoalReader, PostgresGoalsUnitOfWork
from services.goals.infrastructure.restatement import PostgresGoalsRestatement
from services.shared.application.restatement import Restatement
from services.shared.domain.clock import Clock, SystemClock


def build_use_cases(engine: AsyncEngine, clock: Clock | None = None) -> GoalsUseCases:
    """The context on PostgreSQL."""
    clock = clock or SystemClock()
    reader = PostgresGoalReader(engine)

    def unit_of_work() -> PostgresGoalsUnitOfWork:
        return PostgresGoalsUnitOfWork(engine)

    return GoalsUseCases(
        create_goal=CreateGoal(unit_of_work, clock),
        delete_goal=DeleteGoal(unit_of_work, clock),
        get_goal=GetGoal(reader, clock),
        list_goals=ListGoals(reader, clock),
    )


def build_restatement(engine: AsyncEngine) -> Restatement:
    """The context's records as events."""
    return PostgresGoalsRestatement(engine)
