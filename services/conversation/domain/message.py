"""Messages and turns: what was said."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from services.shared.domain.events import Json
from services.shared.domain.ids import ConversationId, MessageId, RunId, UserId


class Role(StrEnum):
    """Who speaks, in the words of the chat formats."""

    USER = "user"
    ASSISTANT = "assistant"


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """One message. `citations` say which tool result each figure of an answer came from; `run_id` is its turn's."""

    role: Role
    content: str
    timestamp: datetime
    run_id: RunId
    message_id: MessageId | None = None
    citations: tuple[dict[str, Json], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """A question and its answer, the unit in which the chat log grows. A turn's id is its run's id.

    `parent_id` is the turn that it follows in its branch, None at the beginning of a conversation.
    """

    turn_id: RunId
    conversation_id: ConversationId
    user_id: UserId
    messages: tuple[Message, ...]
    parent_id: RunId | None = None
