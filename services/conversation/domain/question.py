"""What a person may ask: bounds checked once, before anything is recorded."""

import hashlib
import json
from typing import Final

from services.shared.domain.errors import InvalidInputError
from services.shared.domain.ids import ConversationId
from services.shared.domain.text import clean_text

MAX_QUESTION_LENGTH: Final = 8_000
MAX_KEY_LENGTH: Final = 255


def parse_question(text: str) -> str:
    """The question without surrounding white space, 1 to 8,000 characters; TooLargeError above that."""
    return clean_text(text, what="A question", limit=MAX_QUESTION_LENGTH)


def parse_idempotency_key(key: str) -> str:
    """The key as it came: 1 to 255 printable ASCII characters, as a header can carry them."""
    if not 1 <= len(key) <= MAX_KEY_LENGTH or not key.isascii() or not key.isprintable():
        raise InvalidInputError(f"An Idempotency-Key is 1 to {MAX_KEY_LENGTH} printable ASCII characters (a UUID).")
    return key


def request_digest(conversation_id: ConversationId | None, question: str) -> str:
    """SHA-256 (hex) of what was asked and where, to tell a repeated request from a reused key."""
    body = json.dumps([str(conversation_id) if conversation_id else None, question], ensure_ascii=False)
    return hashlib.sha256(body.encode()).hexdigest()
