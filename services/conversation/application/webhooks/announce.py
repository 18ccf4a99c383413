"""Put what happened on its way to the webhooks that want it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from services.conversation.application.webhooks.unit_of_work import WebhookUnitOfWorkFactory
from services.conversation.domain.repositories import RunReader
from services.conversation.domain.run import Run
from services.conversation.domain.webhooks.delivery import Delivery, DeliveryId
from services.conversation.domain.webhooks.repositories import WebhookReader
from services.conversation.domain.webhooks.webhook import WebhookEvent, WebhookId
from services.shared.domain.clock import Clock
from services.shared.domain.events import Json, to_json
from services.shared.domain.ids import EventId, RunId, UserId, new_uuid


@dataclass(frozen=True, slots=True, kw_only=True)
class AnnounceRequest:
    """What happened, by the event that says so.

    It is about a run that has ended, `run_id`, or about what `subject` says. `to` is the only webhook to be told.
    """

    user_id: UserId
    event_id: EventId
    event: WebhookEvent
    occurred_at: datetime
    subject: Mapping[str, Json]
    run_id: RunId | None = None
    to: WebhookId | None = None


class Announce:
    """Command: one delivery for each of the person's webhooks that wants the event; again it adds none.

    A message tells ids, state and times. What was asked and answered is fetched by whoever may read it.
    """

    def __init__(
        self, unit_of_work: WebhookUnitOfWorkFactory, webhooks: WebhookReader, runs: RunReader, clock: Clock
    ) -> None:
        self._unit_of_work = unit_of_work
        self._webhooks = webhooks
        self._runs = runs
        self._clock = clock

    async def __call__(self, request: AnnounceRequest) -> None:
        """Does nothing when nobody wants it, or the run is gone."""
        wanting = [
            webhook
            for webhook in await self._webhooks.all(request.user_id)
            if webhook.wants(request.event) and request.to in {None, webhook.id}
        ]
        if not wanting:
            return
        run = await self._runs.get(request.run_id, request.user_id) if request.run_id else None
        if request.run_id and run is None:
            return
        body, now = _body(request, run), self._clock.now()
        async with self._unit_of_work() as unit:
            for webhook in wanting:
                await unit.deliveries.add(
                    Delivery(
                        id=DeliveryId(new_uuid()),
                        webhook_id=webhook.id,
                        user_id=webhook.user_id,
                        event_id=request.event_id,
                        event=request.event,
                        body=body,
                        created_at=now,
                        next_attempt_at=now,
                    )
                )
            await unit.commit()


def _body(request: AnnounceRequest, run: Run | None) -> str:
    """The message in the form that the Standard Webhooks specification recommends: type, timestamp, data."""
    data = {**request.subject, **(_run_data(run) if run is not None else {})}
    message = {"type": request.event, "timestamp": request.occurred_at.isoformat(), "data": data}
    return json.dumps(message, separators=(",", ":"))


def _run_data(run: Run) -> dict[str, Json]:
    return {
        "run_id": str(run.id),
        "conversation_id": str(run.conversation_id),
        "state": run.state,
        "started_at": to_json(run.started_at),
        "finished_at": to_json(run.finished_at),
        "duration_ms": run.duration_ms,
        "problem": run.problem and run.problem.get("code"),
        "run_url": f"/api/v1/runs/{run.id}",
    }
