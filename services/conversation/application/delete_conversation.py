"""Delete a conversation and everything said in it."""

from dataclasses import dataclass

from services.conversation.application.unit_of_work import ConversationUnitOfWorkFactory
from services.conversation.domain.errors import ConversationBusyError, ConversationNotFoundError
from services.conversation.domain.events import ConversationDeleted
from services.conversation.domain.repositories import ChatLog
from services.shared.domain.clock import Clock
from services.shared.domain.ids import ConversationId, UserId


@dataclass(frozen=True, slots=True, kw_only=True)
class DeleteConversationRequest:
    """Which one."""

    user_id: UserId
    conversation_id: ConversationId


class DeleteConversation:
    """Command: the conversation is gone for its owner, its texts erased; counts and times of its runs stay.

    The chat log is erased at once, and again by the consumer of `ConversationDeleted`, in case this process dies
    between the two.
    """

    def __init__(self, unit_of_work: ConversationUnitOfWorkFactory, chat_log: ChatLog, clock: Clock) -> None:
        self._unit_of_work = unit_of_work
        self._chat_log = chat_log
        self._clock = clock

    async def __call__(self, request: DeleteConversationRequest) -> None:
        """ConversationNotFoundError unless it is the caller's; ConversationBusyError while it answers a question."""
        conversation_id, user_id = request.conversation_id, request.user_id
        async with self._unit_of_work() as unit:
            conversation = await unit.conversations.lock(conversation_id, user_id)
            if conversation is None:
                raise ConversationNotFoundError
            if await unit.runs.has_unfinished(conversation_id):
                raise ConversationBusyError
            now = self._clock.now()
            await unit.conversations.delete(conversation, now)
            unit.record(ConversationDeleted(user_id=user_id, conversation_id=conversation_id, occurred_at=now))
            unit.after_commit(lambda: self._chat_log.delete(conversation_id, user_id))
            await unit.commit()
