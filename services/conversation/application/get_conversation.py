"""One conversation with what was said in it."""

from dataclasses import dataclass

from services.conversation.domain.conversation import Conversation
from services.conversation.domain.errors import ConversationNotFoundError
from services.conversation.domain.message import MessagePage
from services.conversation.domain.repositories import ChatLog, ConversationReader
from services.shared.domain.errors import InvalidInputError
from services.shared.domain.ids import ConversationId, RunId, UserId


@dataclass(frozen=True, slots=True, kw_only=True)
class GetConversationRequest:
    """`turns` is how many turns to give, 1 to 100; `before` (a page's `before`) continues towards the beginning."""

    user_id: UserId
    conversation_id: ConversationId
    before: RunId | None = None
    turns: int = 50


@dataclass(frozen=True, slots=True)
class ConversationView:
    """A conversation and one page of its messages, the newest page first."""

    conversation: Conversation
    page: MessagePage


class GetConversation:
    """Query: the caller's conversation with a page of messages from the chat log."""

    def __init__(self, conversations: ConversationReader, chat_log: ChatLog) -> None:
        self._conversations = conversations
        self._chat_log = chat_log

    async def __call__(self, request: GetConversationRequest) -> ConversationView:
        """ConversationNotFoundError unless it is the caller's."""
        if not 1 <= request.turns <= 100:
            raise InvalidInputError("turns must be from 1 to 100.")
        conversation = await self._conversations.get(request.conversation_id, request.user_id)
        if conversation is None:
            raise ConversationNotFoundError
        page = await self._chat_log.messages(
            request.conversation_id, request.user_id, before=request.before, limit=request.turns
        )
        return ConversationView(conversation, page)
