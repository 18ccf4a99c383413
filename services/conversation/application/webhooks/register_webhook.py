"""Have a program told of what happens."""

from collections.abc import Iterable
from dataclasses import dataclass

from services.conversation.application.webhooks.unit_of_work import WebhookUnitOfWorkFactory
from services.conversation.domain.webhooks.webhook import Webhook, parse_events, parse_url
from services.shared.domain.clock import Clock
from services.shared.domain.ids import UserId


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterWebhookRequest:
    """Where, and of which events."""

    user_id: UserId
    url: str
    events: Iterable[str]


class RegisterWebhook:
    """Command: a new webhook, with a secret of its own. `loopback` allows addresses on this machine."""

    def __init__(self, unit_of_work: WebhookUnitOfWorkFactory, clock: Clock, *, loopback: bool) -> None:
        self._unit_of_work = unit_of_work
        self._clock = clock
        self._loopback = loopback

    async def __call__(self, request: RegisterWebhookRequest) -> Webhook:
        """WebhookUrlError, InvalidInputError for the events, TooManyWebhooksError at ten."""
        url, events = parse_url(request.url, loopback=self._loopback), parse_events(request.events)
        webhook = Webhook.register(request.user_id, url, events, self._clock.now())
        async with self._unit_of_work() as unit:
            await unit.webhooks.add(webhook)
            await unit.commit()
        return webhook
