"""The caller's conversations, the last used first."""

from dataclasses import dataclass

from services.conversation.application.cursor import decode_cursor, encode_cursor
from services.conversation.domain.conversation import Conversation
from services.conversation.domain.repositories import ConversationReader
from services.shared.domain.errors import InvalidInputError
from services.shared.domain.ids import UserId


@dataclass(frozen=True, slots=True, kw_only=True)
class ListConversationsRequest:
    """A page of 1 to 100; `cursor` is `next_cursor` of the page before."""

    user_id: UserId
    cursor: str | None = None
    limit: int = 20


@dataclass(frozen=True, slots=True)
class ConversationPageView:
    """A page; `next_cursor` is None on the last one."""

    conversations: tuple[Conversation, ...]
    next_cursor: str | None


class ListConversations:
    """Query: one page, by keyset, so that new conversations do not shift it."""

    def __init__(self, conversations: ConversationReader) -> None:
        self._conversations = conversations

    async def __call__(self, request: ListConversationsRequest) -> ConversationPageView:
        """InvalidInputError for a limit out of range or a foreign cursor."""
        if not 1 <= request.limit <= 100:
            raise InvalidInputError("limit must be from 1 to 100.")
        after = decode_cursor(request.cursor) if request.cursor is not None else None
        found = await self._conversations.page(request.user_id, after, request.limit + 1)
        page = found[: request.limit]
        return ConversationPageView(tuple(page), encode_cursor(page[-1]) if len(found) > len(page) else None)
