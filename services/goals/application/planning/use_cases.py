"""Everything that planning can do, ready to be called."""

from dataclasses import dataclass

from services.goals.application.planning.allocate_surplus import AllocateSurplus
from services.goals.application.planning.get_assumptions import GetAssumptions
from services.goals.application.planning.plan_goal import PlanGoal
from services.goals.application.planning.plan_retirement import PlanRetirement
from services.goals.application.planning.set_assumptions import SetAssumptions
from services.goals.application.planning.simulate_goal import SimulateGoal
from services.goals.application.planning.what_if_goal import WhatIfGoal


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanningUseCases:
    """One instance of every command and query."""

    plan_goal: PlanGoal
    simulate_goal: SimulateGoal
    what_if_goal: WhatIfGoal
    allocate_surplus: AllocateSurplus
    plan_retirement: PlanRetirement
    get_assumptions: GetAssumptions
    set_assumptions: SetAssumptions
