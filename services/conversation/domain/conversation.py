"""A conversation: a titled sequence of turns that belongs to one person."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import uuid5

from services.shared.domain.ids import ConversationId, RunId, UserId
from services.shared.domain.text import clean_text

TITLE_LENGTH: Final = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Conversation:
    """`title` is empty until it is given or the first question names it; `updated_at` moves with every turn.

    `head_id` is the last turn of the branch that is read and asked on, None before the first question.
    """

    id: ConversationId
    user_id: UserId
    title: str
    created_at: datetime
    updated_at: datetime
    head_id: RunId | None = None


@dataclass(frozen=True, slots=True)
class ConversationPosition:
    """A place in the list of conversations, newest first: the last one already seen."""

    updated_at: datetime
    conversation_id: ConversationId


def conversation_id_of(name: str, user_id: UserId) -> ConversationId:
    """The id of the conversation that a client knows by a name of its own, such as a chat id it made up (RFC 9562, v5).

    The same name is another conversation for another person.
    """
    return ConversationId(uuid5(user_id, name))


def parse_title(text: str) -> str:
    """A title on one line, 1 to 60 characters; TooLargeError above that."""
    return " ".join(clean_text(text, what="A title", limit=TITLE_LENGTH).split())


def title_of(question: str) -> str:
    """The title a question gives: its first 60 characters on one line."""
    return " ".join(question.split())[:TITLE_LENGTH].rstrip()
