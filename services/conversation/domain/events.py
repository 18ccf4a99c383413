"""Facts about conversations. They carry ids and measures, never what was said: text stays off the bus."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from services.conversation.domain.webhooks.webhook import WebhookId
from services.shared.domain.events import DomainEvent
from services.shared.domain.ids import ApprovalId, ConversationId, MessageId, RunId

TOPIC = "conversation"


@dataclass(frozen=True, slots=True, kw_only=True)
class ConversationStarted(DomainEvent):
    """A conversation was opened."""

    topic: ClassVar[str] = TOPIC

    conversation_id: ConversationId


@dataclass(frozen=True, slots=True, kw_only=True)
class ConversationTurnCompleted(DomainEvent):
    """A question was answered. `tools` are the tools called, in order; `citations` counts the cited figures."""

    topic: ClassVar[str] = TOPIC

    run_id: RunId
    conversation_id: ConversationId
    message_id: MessageId
    model: str
    prompt_id: str | None
    prompt_version: str | None
    prompt_tokens: int
    completion_tokens: int
    tools: tuple[str, ...]
    citations: int
    duration_ms: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ConversationTurnFailed(DomainEvent):
    """A question could not be answered. `problem` is the code of the problem that its asker was told."""

    topic: ClassVar[str] = TOPIC

    run_id: RunId
    conversation_id: ConversationId
    problem: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ConversationTurnCancelled(DomainEvent):
    """A question's answer was cancelled by its owner."""

    topic: ClassVar[str] = TOPIC

    run_id: RunId
    conversation_id: ConversationId


@dataclass(frozen=True, slots=True, kw_only=True)
class ApprovalRequested(DomainEvent):
    """A run wants to do something that its owner has to approve before `expires_at`."""

    topic: ClassVar[str] = TOPIC

    approval_id: ApprovalId
    run_id: RunId
    expires_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerRated(DomainEvent):
    """A person said what they thought of an answer: `rating` is up or down. A later one counts in its place."""

    topic: ClassVar[str] = TOPIC

    run_id: RunId
    rating: str
    reason: str | None
    model: str
    prompt_version: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ConversationDeleted(DomainEvent):
    """A conversation and everything said in it was deleted by its owner."""

    topic: ClassVar[str] = TOPIC

    conversation_id: ConversationId


@dataclass(frozen=True, slots=True, kw_only=True)
class WebhookPinged(DomainEvent):
    """The owner of a webhook wants to see whether it works."""

    topic: ClassVar[str] = TOPIC

    webhook_id: WebhookId
