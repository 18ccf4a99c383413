"""Which conversation a client means by the name it has for it."""

from dataclasses import dataclass
from uuid import UUID

from services.conversation.domain.conversation import conversation_id_of
from services.conversation.domain.repositories import ConversationReader
from services.shared.domain.ids import ConversationId, UserId
from services.shared.domain.text import clean_text

_NAME_LENGTH = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class ResolveConversationRequest:
    """An id that we gave, or any name of up to 200 characters that the client made up."""

    user_id: UserId
    name: str


class ResolveConversation:
    """Query: the caller's conversation of this id, or the id that the name always stands for, opened or not."""

    def __init__(self, conversations: ConversationReader) -> None:
        self._conversations = conversations

    async def __call__(self, request: ResolveConversationRequest) -> ConversationId:
        """InvalidInputError or TooLargeError for a name that cannot be one."""
        name = clean_text(request.name, what="A conversation's id", limit=_NAME_LENGTH)
        own = _own_id(name)
        if own is not None and await self._conversations.get(own, request.user_id) is not None:
            return own
        return conversation_id_of(name, request.user_id)


def _own_id(name: str) -> ConversationId | None:
    try:
        return ConversationId(UUID(name))
    except ValueError:
        return None
