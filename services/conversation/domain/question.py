"""What a person may ask: bounds checked once, before anything is recorded."""

import hashlib
import json
from typing import Final

from services.shared.domain.ids import ConversationId
from services.shared.domain.text import clean_text

MAX_QUESTION_LENGTH: Final = 8_000


def parse_question(text: str) -> str:
    """The question without surrounding white space, 1 to 8,000 characters; TooLargeError above that."""
    return clean_text(text, what="A question", limit=MAX_QUESTION_LENGTH)


def request_digest(conversation_id: ConversationId | None, question: str, *of_whom: str | None) -> str:
    """SHA-256 (hex) of what was asked, where and of which model, to tell a repeated request from a reused key."""
    named = [name for name in of_whom if name is not None]
    body = json.dumps([str(conversation_id) if conversation_id else None, question, *named], ensure_ascii=False)
    return hashlib.sha256(body.encode()).hexdigest()
