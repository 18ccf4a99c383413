"""Choose the branch of a conversation that is read and asked on."""

import dataclasses
from dataclasses import dataclass

from services.conversation.application.unit_of_work import ConversationUnitOfWorkFactory
from services.conversation.domain.branches.repositories import BranchReader
from services.conversation.domain.conversation import Conversation
from services.conversation.domain.errors import ConversationNotFoundError, RunNotFoundError
from services.shared.domain.ids import ConversationId, RunId, UserId


@dataclass(frozen=True, slots=True, kw_only=True)
class ChooseBranchRequest:
    """A turn of the branch, by its run."""

    user_id: UserId
    conversation_id: ConversationId
    run_id: RunId


class ChooseBranch:
    """Command: the branch through a turn, on to the newest turn that follows it, is the conversation's from now on."""

    def __init__(self, unit_of_work: ConversationUnitOfWorkFactory, branches: BranchReader) -> None:
        self._unit_of_work = unit_of_work
        self._branches = branches

    async def __call__(self, request: ChooseBranchRequest) -> Conversation:
        """ConversationNotFoundError unless it is the caller's; RunNotFoundError for no turn of it."""
        end = await self._branches.newest_end(request.run_id, request.conversation_id, request.user_id)
        async with self._unit_of_work() as unit:
            conversation = await unit.conversations.lock(request.conversation_id, request.user_id)
            if conversation is None:
                raise ConversationNotFoundError
            if end is None:
                raise RunNotFoundError
            chosen = dataclasses.replace(conversation, head_id=end)
            await unit.conversations.save(chosen)
            await unit.commit()
        return chosen
