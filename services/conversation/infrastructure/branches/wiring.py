"""Names the adapters of branches."""

from services.conversation.application.branches.choose_branch import ChooseBranch
from services.conversation.application.branches.find_turn import FindTurn
from services.conversation.application.branches.list_versions import ListVersions
from services.conversation.application.branches.use_cases import BranchUseCases
from services.conversation.application.unit_of_work import ConversationUnitOfWorkFactory
from services.conversation.domain.branches.repositories import BranchReader
from services.conversation.domain.repositories import ConversationReader, RunReader


def build_branches(
    conversations: ConversationReader,
    runs: RunReader,
    branches: BranchReader,
    unit_of_work: ConversationUnitOfWorkFactory,
) -> BranchUseCases:
    """Branches over the context's readers."""
    return BranchUseCases(
        choose=ChooseBranch(unit_of_work, branches),
        find_turn=FindTurn(conversations, runs),
        list_versions=ListVersions(conversations, branches),
    )
