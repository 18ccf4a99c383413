"""Everything the goals context can do, ready to be called."""

from dataclasses import dataclass

from services.goals.application.check_goals import CheckAllGoals, CheckGoals
from services.goals.application.create_goal import CreateGoal
from services.goals.application.delete_goal import DeleteGoal
from services.goals.application.find_goal import FindGoal
from services.goals.application.follow_merge import FollowMerge
from services.goals.application.get_goal import GetGoal
from services.goals.application.link_accounts import LinkAccounts
from services.goals.application.list_contributions import ListContributions
from services.goals.application.list_goals import ListGoals
from services.goals.application.planning.use_cases import PlanningUseCases
from services.goals.application.record_contribution import RecordContribution
from services.goals.application.update_goal import UpdateGoal


@dataclass(frozen=True, slots=True, kw_only=True)
class GoalsUseCases:
    """One instance of every command and query."""

    create_goal: CreateGoal
    update_goal: UpdateGoal
    delete_goal: DeleteGoal
    record_contribution: RecordContribution
    link_accounts: LinkAccounts
    get_goal: GetGoal
    find_goal: FindGoal
    list_goals: ListGoals
    list_contributions: ListContributions
    follow_merge: FollowMerge
    check_goals: CheckGoals
    check_all_goals: CheckAllGoals
    planning: PlanningUseCases
