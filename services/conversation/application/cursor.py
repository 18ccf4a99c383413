"""The opaque cursor of the conversation list."""

import base64
import binascii
from datetime import datetime
from uuid import UUID

from services.conversation.domain.conversation import Conversation, ConversationPosition
from services.shared.domain.errors import InvalidInputError
from services.shared.domain.ids import ConversationId


def encode_cursor(last: Conversation) -> str:
    """A cursor that continues after this conversation."""
    return base64.urlsafe_b64encode(f"{last.updated_at.isoformat()}|{last.id}".encode()).decode()


def decode_cursor(cursor: str) -> ConversationPosition:
    """The position a cursor stands for; InvalidInputError when it is none of ours."""
    try:
        moment, _, identifier = base64.urlsafe_b64decode(cursor.encode()).decode().partition("|")
        updated_at = datetime.fromisoformat(moment)
        position = ConversationPosition(updated_at, ConversationId(UUID(identifier)))
    except (ValueError, binascii.Error) as error:
        raise InvalidInputError("That cursor is not valid. Use next_cursor of the page before, unchanged.") from error
    if updated_at.tzinfo is None:
        raise InvalidInputError("That cursor is not valid. Use next_cursor of the page before, unchanged.")
    return position
