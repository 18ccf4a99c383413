"""Typed identifiers. All are UUIDv7 (RFC 9562), so that they sort by the time they were made."""

from typing import NewType
from uuid import UUID

from uuid_utils.compat import uuid7

from services.shared.domain.errors import InvalidInputError

UserId = NewType("UserId", UUID)
AccountId = NewType("AccountId", UUID)
TransactionId = NewType("TransactionId", UUID)
GoalId = NewType("GoalId", UUID)
ConversationId = NewType("ConversationId", UUID)
MessageId = NewType("MessageId", UUID)
RunId = NewType("RunId", UUID)
ApprovalId = NewType("ApprovalId", UUID)
MemoryId = NewType("MemoryId", UUID)
EventId = NewType("EventId", UUID)


def new_uuid() -> UUID:
    """A fresh UUIDv7."""
    return uuid7()


def parse_uuid(text: str, what: str) -> UUID:
    """Read an identifier that came from outside; `what` names it in the error."""
    try:
        return UUID(text)
    except ValueError as error:
        raise InvalidInputError(f"'{text}' is not the id of {what}: it must be a UUID.") from error
