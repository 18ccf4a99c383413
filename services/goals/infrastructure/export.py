"""What a person gets of the goals context."""

from typing import Final

from services.goals.infrastructure.tables import goal_account_links, goal_assumptions, goal_contributions, goals
from services.shared.infrastructure.export import Exported

EXPORTED: Final = [
    Exported(goals),
    Exported(goal_contributions),
    Exported(goal_account_links),
    Exported(goal_assumptions),
]
