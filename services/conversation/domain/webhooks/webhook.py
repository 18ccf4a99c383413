"""A webhook: where a person wants to be told of what happened, and of what."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final, NewType
from urllib.parse import SplitResult, urlsplit
from uuid import UUID

from services.conversation.domain.webhooks.addresses import may_be_reached, parse_address
from services.conversation.domain.webhooks.errors import WebhookUrlError
from services.conversation.domain.webhooks.signature import new_secret
from services.shared.domain.errors import InvalidInputError
from services.shared.domain.ids import UserId, new_uuid

WebhookId = NewType("WebhookId", UUID)

MAX_WEBHOOKS: Final = 10
MAX_URL_LENGTH: Final = 2_000
OLD_SECRET_LIVES: Final = timedelta(hours=24)
"""For so long after a rotation the secret before it signs as well."""


class WebhookEvent(StrEnum):
    """What can be told. The test is sent on request only, whatever a webhook is for."""

    RUN_COMPLETED = "run.completed"
    RUN_FAILED = "run.failed"
    RUN_CANCELLED = "run.cancelled"
    APPROVAL_REQUIRED = "approval.required"
    TEST = "webhook.test"


SUBSCRIBABLE: Final = tuple(event for event in WebhookEvent if event is not WebhookEvent.TEST)


@dataclass(frozen=True, slots=True, kw_only=True)
class Webhook:
    """`secret` signs what is sent; None when the key that it was sealed with is gone, and a rotation is due.

    `disabled_at` is when the receiver said that it is gone; None since its owner knows better.
    """

    id: WebhookId
    user_id: UserId
    url: str
    events: frozenset[WebhookEvent]
    secret: str | None
    created_at: datetime
    old_secret: str | None = None
    old_secret_until: datetime | None = None
    disabled_at: datetime | None = None

    @classmethod
    def register(cls, user_id: UserId, url: str, events: frozenset[WebhookEvent], now: datetime) -> Webhook:
        """A new one, with a secret of its own."""
        return cls(
            id=WebhookId(new_uuid()), user_id=user_id, url=url, events=events, secret=new_secret(), created_at=now
        )

    def rotated(self, now: datetime) -> Webhook:
        """The webhook with another secret; for a day the one before signs beside it."""
        return dataclasses.replace(
            self, secret=new_secret(), old_secret=self.secret, old_secret_until=now + OLD_SECRET_LIVES
        )

    def disabled(self, now: datetime) -> Webhook:
        """The webhook, of no use until it is enabled."""
        return dataclasses.replace(self, disabled_at=now)

    def enabled(self) -> Webhook:
        """The webhook, in use again."""
        return dataclasses.replace(self, disabled_at=None)

    def wants(self, event: WebhookEvent) -> bool:
        """Whether it is to be told of such an event."""
        return self.disabled_at is None and (event is WebhookEvent.TEST or event in self.events)

    def secrets(self, now: datetime) -> tuple[str, ...]:
        """What signs at this moment; none when a rotation is due."""
        old = self.old_secret if self.old_secret_until is not None and now < self.old_secret_until else None
        return tuple(secret for secret in (self.secret, old) if secret is not None)


def parse_events(names: Iterable[str]) -> frozenset[WebhookEvent]:
    """One event at least, all of them ones that can be subscribed to. InvalidInputError."""
    wanted = frozenset(names)
    if not wanted or not wanted <= frozenset(SUBSCRIBABLE):
        raise InvalidInputError(f"events: name one or more of {', '.join(SUBSCRIBABLE)}.")
    return frozenset(map(WebhookEvent, wanted))


def parse_url(url: str, *, loopback: bool) -> str:
    """An https address of a public host; with `loopback` also http and https to this machine. WebhookUrlError.

    What a name leads to is looked at whenever something is sent, for it may change.
    """
    parts = _split(url)
    host = parts.hostname or ""
    address = parse_address(host)
    local = address.is_loopback if address else host == "localhost" or host.endswith(".localhost")
    if parts.scheme != "https" and not (parts.scheme == "http" and local and loopback):
        raise WebhookUrlError("The URL must begin with https://.")
    if not host or "@" in parts.netloc or parts.fragment:
        raise WebhookUrlError("The URL must have a host, and neither a user name nor a fragment (#...).")
    if (local and not loopback) or (address is not None and not may_be_reached(address, loopback=loopback)):
        raise WebhookUrlError("The URL must lead to a public address, not into a private network or this machine.")
    return url


def _split(url: str) -> SplitResult:
    if len(url) > MAX_URL_LENGTH or not url.isascii() or not url.isprintable() or " " in url:
        raise WebhookUrlError(
            f"The URL may have at most {MAX_URL_LENGTH:,} characters, all of them ASCII: encode the others."
        )
    try:
        parts = urlsplit(url)
        parts.port  # noqa: B018
    except ValueError as error:
        raise WebhookUrlError("This is no URL. Send one such as https://example.com/hooks.") from error
    return parts
