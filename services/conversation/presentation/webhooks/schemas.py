"""Bodies of the routes of webhooks."""

from datetime import datetime
from typing import Any
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from services.conversation.application.webhooks.list_deliveries import DeliveryPageView
from services.conversation.domain.webhooks.delivery import Delivery, DeliveryState
from services.conversation.domain.webhooks.webhook import MAX_URL_LENGTH, SUBSCRIBABLE, Webhook, WebhookEvent

_URL = "https://hooks.example.com/nivesh"
_EVENTS = f"Of {', '.join(SUBSCRIBABLE)}; all of them if left out."


class RegisterWebhookBody(BaseModel):
    """Where to send, and of what to tell."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"url": _URL, "events": ["run.completed", "run.failed"]}]}
    )

    url: str = Field(max_length=MAX_URL_LENGTH, description="https, of a public host")
    events: list[str] = Field(
        default=list(SUBSCRIBABLE), min_length=1, max_length=len(SUBSCRIBABLE), description=_EVENTS
    )


class WebhookResponse(BaseModel):
    """A webhook as its owner sees it, without its secret."""

    id: UUID
    url: str = Field(examples=[_URL])
    events: list[WebhookEvent]
    created_at: datetime
    old_secret_until: datetime | None = Field(description="Until then the secret before the last rotation signs too.")
    disabled_at: datetime | None = Field(
        description="When its receiver answered 410 Gone; nothing is sent until it is enabled."
    )

    @classmethod
    def of(cls, webhook: Webhook) -> "WebhookResponse":
        """The response for a webhook."""
        return cls(
            id=webhook.id,
            url=webhook.url,
            events=sorted(webhook.events),
            created_at=webhook.created_at,
            old_secret_until=webhook.old_secret_until,
            disabled_at=webhook.disabled_at,
        )


class WebhookSecretResponse(BaseModel):
    """A webhook with its secret, which is shown this once."""

    webhook: WebhookResponse
    secret: str | None = Field(
        description="Verifies signatures, as the Standard Webhooks specification says.",
        examples=["whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD6JGzgz+0sTE="],
    )

    @classmethod
    def of(cls, webhook: Webhook) -> "WebhookSecretResponse":
        """The response that tells the secret."""
        return cls(webhook=WebhookResponse.of(webhook), secret=webhook.secret)


class WebhooksResponse(BaseModel):
    """Your webhooks, oldest first; ten at most."""

    webhooks: list[WebhookResponse]


class DeliveryResponse(BaseModel):
    """One message on its way. `id` is its `webhook-id`, the same at every attempt."""

    id: UUID
    event: WebhookEvent
    state: DeliveryState = Field(description="`dead` after nine attempts in about twenty hours, or after 410 Gone.")
    attempts: int
    created_at: datetime
    last_attempt_at: datetime | None
    next_attempt_at: datetime | None
    last_status: int | None = Field(description="What the receiver answered last.", examples=[200])
    last_error: str | None = Field(description="Why the last attempt failed.")
    body: dict[str, Any] = Field(description="What is sent, byte for byte the same at every attempt.")

    @classmethod
    def of(cls, delivery: Delivery) -> "DeliveryResponse":
        """The response for a delivery."""
        return cls(
            id=delivery.id,
            event=delivery.event,
            state=delivery.state,
            attempts=delivery.attempts,
            created_at=delivery.created_at,
            last_attempt_at=delivery.last_attempt_at,
            next_attempt_at=delivery.next_attempt_at,
            last_status=delivery.last_status,
            last_error=delivery.last_error,
            body=delivery.message,
        )


class DeliveriesResponse(BaseModel):
    """A page of deliveries, the newest first."""

    deliveries: list[DeliveryResponse]
    before: UUID | None = Field(description="Ask for older ones with it; null on the last page.")

    @classmethod
    def of(cls, page: DeliveryPageView) -> "DeliveriesResponse":
        """The response for a page."""
        return cls(deliveries=[DeliveryResponse.of(one) for one in page.deliveries], before=page.before)
