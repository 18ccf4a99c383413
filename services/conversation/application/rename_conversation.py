"""Give a conversation another title."""

import dataclasses
from dataclasses import dataclass

from services.conversation.application.unit_of_work import ConversationUnitOfWorkFactory
from services.conversation.domain.conversation import Conversation, parse_title
from services.conversation.domain.errors import ConversationNotFoundError
from services.shared.domain.ids import ConversationId, UserId


@dataclass(frozen=True, slots=True, kw_only=True)
class RenameConversationRequest:
    """Which one, and its new title."""

    user_id: UserId
    conversation_id: ConversationId
    title: str


class RenameConversation:
    """Command: the title is the person's own from now on; the time of the last turn stays."""

    def __init__(self, unit_of_work: ConversationUnitOfWorkFactory) -> None:
        self._unit_of_work = unit_of_work

    async def __call__(self, request: RenameConversationRequest) -> Conversation:
        """ConversationNotFoundError unless it is the caller's; InvalidInputError or TooLargeError for the title."""
        title = parse_title(request.title)
        async with self._unit_of_work() as unit:
            conversation = await unit.conversations.lock(request.conversation_id, request.user_id)
            if conversation is None:
                raise ConversationNotFoundError
            renamed = dataclasses.replace(conversation, title=title)
            await unit.conversations.save(renamed)
            await unit.commit()
        return renamed
