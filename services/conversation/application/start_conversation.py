"""Open a conversation before its first question."""

from dataclasses import dataclass

from services.conversation.application.unit_of_work import ConversationUnitOfWorkFactory
from services.conversation.domain.conversation import Conversation, parse_title
from services.conversation.domain.events import ConversationStarted
from services.shared.domain.clock import Clock
from services.shared.domain.ids import ConversationId, UserId, new_uuid


@dataclass(frozen=True, slots=True, kw_only=True)
class StartConversationRequest:
    """`title` may be left out: the first question then names the conversation."""

    user_id: UserId
    title: str | None = None


class StartConversation:
    """Command: open a conversation and give it back."""

    def __init__(self, unit_of_work: ConversationUnitOfWorkFactory, clock: Clock) -> None:
        self._unit_of_work = unit_of_work
        self._clock = clock

    async def __call__(self, request: StartConversationRequest) -> Conversation:
        """InvalidInputError or TooLargeError for a title that cannot be kept."""
        now = self._clock.now()
        title = "" if request.title is None else parse_title(request.title)
        conversation = Conversation(
            id=ConversationId(new_uuid()), user_id=request.user_id, title=title, created_at=now, updated_at=now
        )
        async with self._unit_of_work() as unit:
            await unit.conversations.add(conversation)
            unit.record(ConversationStarted(user_id=request.user_id, conversation_id=conversation.id, occurred_at=now))
            await unit.commit()
        return conversation
