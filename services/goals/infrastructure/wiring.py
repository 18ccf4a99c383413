"""Names the adapters of the goals context."""

from sqlalchemy.ext.asyncio import AsyncEngine

from services.goals.application.account_balances import AccountBalances, NoAccounts
from services.goals.application.check_goals import CheckAllGoals, CheckGoals
from services.goals.application.create_goal import CreateGoal
from services.goals.application.delete_goal import DeleteGoal
from services.goals.application.find_goal import FindGoal
from services.goals.application.follow_merge import FollowMerge
from services.goals.application.get_goal import GetGoal
from services.goals.application.goal_book import GoalBook
from services.goals.application.link_accounts import LinkAccounts
from services.goals.application.list_contributions import ListContributions
from services.goals.application.list_goals import ListGoals
from services.goals.application.planning.allocate_surplus import AllocateSurplus
from services.goals.application.planning.calculations import Calculations
from services.goals.application.planning.get_assumptions import GetAssumptions
from services.goals.application.planning.plan_goal import PlanGoal
from services.goals.application.planning.plan_retirement import PlanRetirement
from services.goals.application.planning.set_assumptions import SetAssumptions
from services.goals.application.planning.simulate_goal import SimulateGoal
from services.goals.application.planning.use_cases import PlanningUseCases
from services.goals.application.planning.what_if_goal import WhatIfGoal
from services.goals.application.record_contribution import RecordContribution
from services.goals.application.unit_of_work import GoalsUnitOfWork, GoalsUnitOfWorkFactory
from services.goals.application.update_goal import UpdateGoal
from services.goals.application.use_cases import GoalsUseCases
from services.goals.infrastructure.consumers import GoalsFollowAccounts
from services.goals.infrastructure.postgres_goals import PostgresGoalReader, PostgresGoalsUnitOfWork
from services.goals.infrastructure.restatement import PostgresGoalsRestatement
from services.shared.application.event_record import EventHandler
from services.shared.application.restatement import Restatement
from services.shared.domain.clock import Clock, SystemClock


def build_use_cases(
    engine: AsyncEngine, clock: Clock | None = None, accounts: AccountBalances | None = None
) -> GoalsUseCases:
    """The context on PostgreSQL; without `accounts` there are none to be linked."""
    time, balances = clock or SystemClock(), accounts or NoAccounts()
    reader = PostgresGoalReader(engine)
    book = GoalBook(reader, balances)

    def unit_of_work() -> GoalsUnitOfWork:
        return PostgresGoalsUnitOfWork(engine)

    check = CheckGoals(unit_of_work, reader, balances, time)
    return GoalsUseCases(
        create_goal=CreateGoal(unit_of_work, time),
        update_goal=UpdateGoal(unit_of_work, balances, time),
        delete_goal=DeleteGoal(unit_of_work, time),
        record_contribution=RecordContribution(unit_of_work, balances, time),
        link_accounts=LinkAccounts(unit_of_work, balances, time),
        get_goal=GetGoal(book, time),
        find_goal=FindGoal(reader),
        list_goals=ListGoals(book, time),
        list_contributions=ListContributions(reader),
        follow_merge=FollowMerge(unit_of_work, time),
        check_goals=check,
        check_all_goals=CheckAllGoals(reader, check),
        planning=_planning(unit_of_work, book, balances, time),
    )


def build_handlers(use_cases: GoalsUseCases) -> list[EventHandler]:
    """The context's consumers of events."""
    return [GoalsFollowAccounts(use_cases.check_goals, use_cases.follow_merge)]


def _planning(
    unit_of_work: GoalsUnitOfWorkFactory, book: GoalBook, accounts: AccountBalances, clock: Clock
) -> PlanningUseCases:
    calculations = Calculations()
    return PlanningUseCases(
        plan_goal=PlanGoal(book, clock),
        simulate_goal=SimulateGoal(book, calculations, clock),
        what_if_goal=WhatIfGoal(book, calculations, clock),
        allocate_surplus=AllocateSurplus(book, clock),
        plan_retirement=PlanRetirement(book, calculations, clock),
        get_assumptions=GetAssumptions(book),
        set_assumptions=SetAssumptions(unit_of_work, accounts, clock),
    )


def build_restatement(engine: AsyncEngine) -> Restatement:
    """The context's records as events."""
    return PostgresGoalsRestatement(engine)
