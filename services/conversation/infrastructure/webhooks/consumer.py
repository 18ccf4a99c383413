"""Follows what happens, for webhooks."""

from collections.abc import Mapping, Sequence
from typing import Final
from uuid import UUID

from services.conversation.application.webhooks.announce import Announce, AnnounceRequest
from services.conversation.application.webhooks.find_listeners import FindListeners
from services.conversation.domain.events import (
    TOPIC,
    ApprovalRequested,
    ConversationTurnCancelled,
    ConversationTurnCompleted,
    ConversationTurnFailed,
    WebhookPinged,
)
from services.conversation.domain.webhooks.webhook import WebhookEvent, WebhookId
from services.shared.application.event_record import EventRecord
from services.shared.domain.events import Json
from services.shared.domain.ids import EventId, RunId, UserId

_EVENTS: Final = {
    ConversationTurnCompleted.__name__: WebhookEvent.RUN_COMPLETED,
    ConversationTurnFailed.__name__: WebhookEvent.RUN_FAILED,
    ConversationTurnCancelled.__name__: WebhookEvent.RUN_CANCELLED,
    ApprovalRequested.__name__: WebhookEvent.APPROVAL_REQUIRED,
    WebhookPinged.__name__: WebhookEvent.TEST,
}
_ENDS: Final = (WebhookEvent.RUN_COMPLETED, WebhookEvent.RUN_FAILED, WebhookEvent.RUN_CANCELLED)


class WebhookProjection:
    """Puts deliveries on their way; sending them is another's work, so that no receiver holds up other consumers."""

    consumer: Final = "conversation.webhooks"
    topics: Final = frozenset({TOPIC})
    names: Final = frozenset(_EVENTS)

    def __init__(self, announce: Announce, find_listeners: FindListeners) -> None:
        self._announce = announce
        self._find_listeners = find_listeners

    async def handle_together(self, records: Sequence[EventRecord]) -> Sequence[EventRecord]:
        """Pass over those of people who have no webhook, as most have none."""
        listeners = await self._find_listeners({UserId(record.user_id) for record in records})
        return [record for record in records if record.user_id in listeners]

    async def handle(self, record: EventRecord) -> None:
        """Announce it to who has subscribed to it."""
        event, payload = _EVENTS[record.name], record.payload
        ended = event in _ENDS
        await self._announce(
            AnnounceRequest(
                user_id=UserId(record.user_id),
                event_id=EventId(record.event_id),
                event=event,
                occurred_at=record.occurred_at,
                subject={} if ended else _subject(payload),
                run_id=RunId(UUID(str(payload["run_id"]))) if ended else None,
                to=WebhookId(UUID(str(payload["webhook_id"]))) if event is WebhookEvent.TEST else None,
            )
        )


def _subject(payload: Mapping[str, Json]) -> dict[str, Json]:
    approval = payload.get("approval_id")
    return {**payload, **({"approval_url": f"/api/v1/approvals/{approval}"} if approval else {})}
