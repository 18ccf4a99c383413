"""Turns that have ended and are not in the chat log as they should be."""

from collections.abc import Mapping

from services.conversation.domain.repositories import ChatLog, ConversationReader
from services.shared.domain.ids import ConversationId, RunId


class FindUnloggedTurns:
    """Query of the program itself, never of a caller: it spans all users."""

    def __init__(self, conversations: ConversationReader, chat_log: ChatLog) -> None:
        self._conversations = conversations
        self._chat_log = chat_log

    async def __call__(self, turns: Mapping[RunId, ConversationId]) -> set[RunId]:
        """Those that the log has not, or still has although their conversation was deleted.

        The log is asked first: a conversation that is deleted later has its turns erased by its own event.
        """
        logged = await self._chat_log.logged(turns.keys())
        existing = await self._conversations.existing({turns[turn] for turn in logged})
        return {turn for turn, conversation in turns.items() if turn not in logged or conversation not in existing}
