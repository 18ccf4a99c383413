"""Everything that can be done with branches."""

from dataclasses import dataclass

from services.conversation.application.branches.choose_branch import ChooseBranch
from services.conversation.application.branches.find_turn import FindTurn
from services.conversation.application.branches.list_versions import ListVersions


@dataclass(frozen=True, slots=True, kw_only=True)
class BranchUseCases:
    """One instance of every command and query."""

    choose: ChooseBranch
    find_turn: FindTurn
    list_versions: ListVersions
