"""Erase a deleted conversation from the chat log."""

from dataclasses import dataclass

from services.conversation.domain.repositories import ChatLog, ConversationReader
from services.shared.domain.ids import ConversationId, UserId


@dataclass(frozen=True, slots=True, kw_only=True)
class EraseChatLogRequest:
    """Which conversation."""

    user_id: UserId
    conversation_id: ConversationId


class EraseChatLog:
    """Command: idempotent; the consumer's repetition of what `DeleteConversation` does at once."""

    def __init__(self, conversations: ConversationReader, chat_log: ChatLog) -> None:
        self._conversations = conversations
        self._chat_log = chat_log

    async def __call__(self, request: EraseChatLogRequest) -> None:
        """Does nothing while the conversation exists."""
        if await self._conversations.get(request.conversation_id, request.user_id) is None:
            await self._chat_log.delete(request.conversation_id, request.user_id)
