"""Consumers of conversation events."""

from collections.abc import Sequence
from typing import Final
from uuid import UUID

from services.conversation.application.erase_chat_log import EraseChatLog, EraseChatLogRequest
from services.conversation.application.find_unlogged_turns import FindUnloggedTurns
from services.conversation.application.record_turn_in_chat_log import (
    RecordTurnInChatLog,
    RecordTurnInChatLogRequest,
)
from services.conversation.domain.errors import RunNotFoundError
from services.conversation.domain.events import (
    TOPIC,
    ConversationDeleted,
    ConversationTurnCancelled,
    ConversationTurnCompleted,
)
from services.shared.application.event_record import EventRecord
from services.shared.domain.ids import ConversationId, RunId, UserId

_TURNS: Final = (ConversationTurnCompleted.__name__, ConversationTurnCancelled.__name__)


class ChatLogProjection:
    """Repeats, durably, what the turn's own process does at once: the chat log follows the record of runs."""

    consumer: Final = "conversation.chat_log"
    topics: Final = frozenset({TOPIC})
    names: Final = frozenset({*_TURNS, ConversationDeleted.__name__})

    def __init__(self, record_turn: RecordTurnInChatLog, erase: EraseChatLog, find_unlogged: FindUnloggedTurns) -> None:
        self._record_turn = record_turn
        self._erase = erase
        self._find_unlogged = find_unlogged

    async def handle_together(self, records: Sequence[EventRecord]) -> Sequence[EventRecord]:
        """Pass over the turns that were logged when they ended, as nearly all are."""
        turns = {_run_of(record): _conversation_of(record) for record in records if record.name in _TURNS}
        unlogged = await self._find_unlogged(turns)
        return [record for record in records if record.name not in _TURNS or _run_of(record) in unlogged]

    async def handle(self, record: EventRecord) -> None:
        """Log a completed or cancelled turn, or erase a deleted conversation."""
        user_id = UserId(record.user_id)
        if record.name in _TURNS:
            await self._log(user_id, _run_of(record))
        else:
            await self._erase(EraseChatLogRequest(user_id=user_id, conversation_id=_conversation_of(record)))

    async def _log(self, user_id: UserId, run_id: RunId) -> None:
        try:
            await self._record_turn(RecordTurnInChatLogRequest(user_id=user_id, run_id=run_id))
        except RunNotFoundError:
            # The run was erased with its owner since: there is nothing to log, and never will be.
            return


def _run_of(record: EventRecord) -> RunId:
    return RunId(UUID(str(record.payload["run_id"])))


def _conversation_of(record: EventRecord) -> ConversationId:
    return ConversationId(UUID(str(record.payload["conversation_id"])))
