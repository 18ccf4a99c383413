"""Routes of webhooks: who is told when a run ends, and what came of telling."""

from collections.abc import Callable
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Response

from services.conversation.application.webhooks.delete_webhook import DeleteWebhookRequest
from services.conversation.application.webhooks.enable_webhook import EnableWebhookRequest
from services.conversation.application.webhooks.list_deliveries import ListDeliveriesRequest
from services.conversation.application.webhooks.list_webhooks import ListWebhooksRequest
from services.conversation.application.webhooks.ping_webhook import PingWebhookRequest
from services.conversation.application.webhooks.register_webhook import RegisterWebhookRequest
from services.conversation.application.webhooks.rotate_secret import RotateSecretRequest
from services.conversation.application.webhooks.use_cases import WebhookUseCases
from services.conversation.domain.webhooks.delivery import DeliveryId
from services.conversation.domain.webhooks.webhook import WebhookId
from services.conversation.presentation.webhooks.schemas import (
    DeliveriesResponse,
    RegisterWebhookBody,
    WebhookResponse,
    WebhookSecretResponse,
    WebhooksResponse,
)
from services.shared.domain.identity import Identity
from services.shared.infrastructure.problem import problem_responses


def build_router(webhooks: WebhookUseCases, current_user: Callable[..., Any]) -> APIRouter:
    """The routes, for callers that `current_user` identifies."""
    router = APIRouter(prefix="/webhooks", tags=["webhooks"], responses=problem_responses(401, 422, 503))
    caller = Annotated[Identity, Depends(current_user)]
    _add_registration(router, webhooks, caller)
    _add_secret(router, webhooks, caller)
    _add_deliveries(router, webhooks, caller)
    return router


def _add_registration(router: APIRouter, webhooks: WebhookUseCases, caller: Any) -> None:
    @router.post("", status_code=201, responses=problem_responses(400, 409, 413), summary="Register a webhook")
    async def register(user: caller, body: RegisterWebhookBody, response: Response) -> WebhookSecretResponse:
        """Have a program of yours told when a run has ended, or waits for your approval.

        A message is `{"type": "run.completed", "timestamp": …, "data": {"run_id": …, "state": …, …}}`, signed as
        [Standard Webhooks](https://www.standardwebhooks.com) says: base64 of HMAC-SHA256 over
        `webhook-id.webhook-timestamp.body`. Whatever is not answered with 2xx within 15 seconds is sent again, with
        the same `webhook-id`, nine times in about twenty hours; 410 disables the webhook
        until you enable it again.
        """
        response.headers["Cache-Control"] = "no-store"
        request = RegisterWebhookRequest(user_id=user.user_id, url=body.url, events=body.events)
        return WebhookSecretResponse.of(await webhooks.register(request))

    @router.get("", summary="List the webhooks")
    async def list_webhooks(user: caller) -> WebhooksResponse:
        """Yours; never their secrets."""
        found = await webhooks.list(ListWebhooksRequest(user_id=user.user_id))
        return WebhooksResponse(webhooks=[WebhookResponse.of(one) for one in found])

    @router.delete("/{webhook_id}", status_code=204, responses=problem_responses(404), summary="Delete a webhook")
    async def delete(user: caller, webhook_id: UUID) -> None:
        """Nothing is sent to it any more; its deliveries are erased."""
        await webhooks.delete(DeleteWebhookRequest(user_id=user.user_id, webhook_id=WebhookId(webhook_id)))

    @router.post("/{webhook_id}/enable", responses=problem_responses(404), summary="Enable a webhook again")
    async def enable(user: caller, webhook_id: UUID) -> WebhookResponse:
        """Its receiver had answered 410 Gone and is back: it is told of what happens from now on."""
        request = EnableWebhookRequest(user_id=user.user_id, webhook_id=WebhookId(webhook_id))
        return WebhookResponse.of(await webhooks.enable(request))


def _add_secret(router: APIRouter, webhooks: WebhookUseCases, caller: Any) -> None:
    @router.post("/{webhook_id}/secret", responses=problem_responses(404), summary="Rotate a webhook's secret")
    async def rotate(user: caller, webhook_id: UUID, response: Response) -> WebhookSecretResponse:
        """A new secret signs from now on; for 24 hours messages bear a signature by the old one beside it."""
        response.headers["Cache-Control"] = "no-store"
        request = RotateSecretRequest(user_id=user.user_id, webhook_id=WebhookId(webhook_id))
        return WebhookSecretResponse.of(await webhooks.rotate_secret(request))


def _add_deliveries(router: APIRouter, webhooks: WebhookUseCases, caller: Any) -> None:
    @router.post("/{webhook_id}/test", status_code=202, responses=problem_responses(404, 409), summary="Try a webhook")
    async def ping(user: caller, webhook_id: UUID) -> None:
        """A `webhook.test` is sent as any message is; what came of it stands among the deliveries."""
        await webhooks.ping(PingWebhookRequest(user_id=user.user_id, webhook_id=WebhookId(webhook_id)))

    @router.get("/{webhook_id}/deliveries", responses=problem_responses(404), summary="List a webhook's deliveries")
    async def list_deliveries(
        user: caller,
        webhook_id: UUID,
        before: Annotated[UUID | None, Query(description="`before` of the page before: older ones.")] = None,
        limit: Annotated[int, Query(ge=1, le=100)] = 20,
    ) -> DeliveriesResponse:
        """What it was told in the last thirty days, with the receiver's last answer and the next attempt."""
        request = ListDeliveriesRequest(
            user_id=user.user_id,
            webhook_id=WebhookId(webhook_id),
            before=DeliveryId(before) if before else None,
            limit=limit,
        )
        return DeliveriesResponse.of(await webhooks.list_deliveries(request))
