"""Webhooks from the event to the receiver, on real engines and a receiver on this machine."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from httpx import AsyncClient
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncEngine

from services.conversation.application.approvals.request_approval import RequestApprovalRequest
from services.conversation.application.cancel_run import CancelRunRequest
from services.conversation.application.complete_turn import CompleteTurnRequest
from services.conversation.application.fail_run import FailRunRequest
from services.conversation.application.use_cases import ConversationUseCases
from services.conversation.domain.approvals.approval import Wish
from services.conversation.domain.run import Run, RunResult
from services.conversation.domain.webhooks.delivery import KEPT_FOR, MAX_ATTEMPTS
from services.conversation.domain.webhooks.webhook import MAX_WEBHOOKS
from services.conversation.infrastructure.webhooks.tables import webhooks
from services.shared.domain.events import Json
from services.shared.domain.ids import MessageId, UserId, new_uuid
from tests.integration.services.conversation.webhooks.conftest import MovableClock, Telling, client_of
from tests.support.receiver import Receiver


async def register(client: AsyncClient, url: str, **more: object) -> tuple[str, str]:
    made = await client.post("/webhooks", json={"url": url, **more})
    assert made.status_code == 201, made.text
    assert made.headers["cache-control"] == "no-store"
    return made.json()["webhook"]["id"], made.json()["secret"]


async def deliveries(client: AsyncClient, webhook_id: str) -> list[dict[str, Any]]:
    page = (await client.get(f"/webhooks/{webhook_id}/deliveries")).json()
    found: list[dict[str, Any]] = page["deliveries"]
    return found


async def complete(use_cases: ConversationUseCases, run: Run) -> Run:
    result = RunResult(
        answer="₹5.",
        message_id=MessageId(new_uuid()),
        model="offline",
        prompt_tokens=1,
        completion_tokens=1,
        citations=(),
    )
    return await use_cases.complete_turn(CompleteTurnRequest(user_id=run.user_id, run=run, result=result))


async def test_a_completed_run_is_told_signed_and_without_text(
    client: AsyncClient, use_cases: ConversationUseCases, telling: Telling, receiving: Receiver
) -> None:
    _, secret = await register(client, receiving.url)
    run = await complete(use_cases, await telling.run("What did Asha spend?"))
    await telling.follow()
    await telling.follow()

    assert await telling.send() == 1
    message = receiving.next()
    message.verify(secret)
    assert message.headers["content-type"] == "application/json"
    assert (message.json["type"], sorted(message.json)) == ("run.completed", ["data", "timestamp", "type"])
    assert message.json["data"] == {
        "run_id": str(run.id),
        "conversation_id": str(run.conversation_id),
        "state": "completed",
        "started_at": run.started_at.isoformat(),
        "finished_at": run.finished_at and run.finished_at.isoformat(),
        "duration_ms": run.duration_ms,
        "problem": None,
        "run_url": f"/api/v1/runs/{run.id}",
    }
    assert b"Asha" not in message.body
    assert await telling.send() == 0
    assert receiving.requests.empty()


async def test_whatever_can_be_subscribed_to(
    client: AsyncClient, use_cases: ConversationUseCases, telling: Telling, receiving: Receiver, unique_user: UserId
) -> None:
    webhook_id, _ = await register(client, receiving.url, events=["run.failed", "run.cancelled", "approval.required"])
    failed, cancelled, asking = [await telling.run() for _ in range(3)]
    problem: dict[str, Json] = {"code": "turn-deadline"}
    await use_cases.fail_run(FailRunRequest(user_id=unique_user, run_id=failed.id, problem=problem))
    await use_cases.cancel_run(CancelRunRequest(user_id=unique_user, run_id=cancelled.id))
    request = RequestApprovalRequest(
        user_id=unique_user, run_id=asking.id, call_id="call_1_1", wish=Wish("set_budget", {}, "Set it.")
    )
    approval = await use_cases.approvals.request(request)
    assert await use_cases.approvals.request(request) == approval
    await complete(use_cases, asking)
    await telling.follow()
    while await telling.send():
        pass

    data = {message["event"]: message["body"]["data"] for message in await deliveries(client, webhook_id)}
    assert set(data) == {"run.failed", "run.cancelled", "approval.required"}
    assert (data["run.failed"]["run_id"], data["run.failed"]["problem"]) == (str(failed.id), "turn-deadline")
    assert (data["run.cancelled"]["run_id"], data["run.cancelled"]["state"]) == (str(cancelled.id), "cancelled")
    assert data["approval.required"] == {
        "approval_id": str(approval.id),
        "run_id": str(asking.id),
        "expires_at": approval.expires_at.isoformat(),
        "approval_url": f"/api/v1/approvals/{approval.id}",
    }


async def test_a_failure_is_tried_again_with_the_same_id_and_body(
    client: AsyncClient, telling: Telling, receiving: Receiver, clock: MovableClock
) -> None:
    webhook_id, secret = await register(client, receiving.url)
    receiving.answer(500, 503)
    assert (await client.post(f"/webhooks/{webhook_id}/test")).status_code == 202
    await telling.follow()
    await telling.send()
    (waiting,) = await deliveries(client, webhook_id)
    assert (waiting["state"], waiting["attempts"], waiting["last_status"]) == ("pending", 1, 500)
    assert waiting["last_error"] == "The receiver answered 500."
    assert await telling.due() == []
    for _ in range(2):
        clock.pass_time(timedelta(seconds=30))
        assert await telling.send() == 1

    first, second, third = (receiving.next() for _ in range(3))
    assert first.id == second.id == third.id == waiting["id"]
    assert first.body == second.body == third.body
    first.verify(secret)
    assert len({message.headers["webhook-timestamp"] for message in (first, second, third)}) == 3
    (done,) = await deliveries(client, webhook_id)
    assert (done["state"], done["attempts"], done["last_status"], done["last_error"]) == ("delivered", 3, 200, None)
    assert done["next_attempt_at"] is None


async def test_after_the_last_attempt_it_is_dead(
    client: AsyncClient, telling: Telling, receiving: Receiver, clock: MovableClock
) -> None:
    webhook_id, _ = await register(client, receiving.url)
    receiving.answer(*[500] * MAX_ATTEMPTS)
    await client.post(f"/webhooks/{webhook_id}/test")
    await telling.follow()
    while await telling.send():
        clock.pass_time(timedelta(hours=15))

    assert receiving.requests.qsize() == MAX_ATTEMPTS
    (dead,) = await deliveries(client, webhook_id)
    assert (dead["state"], dead["attempts"], dead["next_attempt_at"]) == ("dead", MAX_ATTEMPTS, None)


async def test_redirects_are_not_followed(client: AsyncClient, telling: Telling, receiving: Receiver) -> None:
    webhook_id, _ = await register(client, receiving.url)
    receiving.answer(302, location=f"{receiving.url}/elsewhere")
    await client.post(f"/webhooks/{webhook_id}/test")
    await telling.follow()
    await telling.send()

    assert receiving.requests.qsize() == 1
    (waiting,) = await deliveries(client, webhook_id)
    assert (waiting["state"], waiting["last_status"]) == ("pending", 302)
    assert "redirects" in waiting["last_error"]


async def test_a_receiver_that_is_gone_gets_nothing_more(
    client: AsyncClient, telling: Telling, receiving: Receiver
) -> None:
    webhook_id, _ = await register(client, receiving.url)
    for _ in range(2):
        await client.post(f"/webhooks/{webhook_id}/test")
    receiving.answer(410)
    await telling.follow()
    while await telling.send():
        pass

    assert receiving.requests.qsize() == 1
    assert [one["state"] for one in await deliveries(client, webhook_id)] == ["dead", "dead"]
    assert await telling.is_disabled()
    again = await client.post(f"/webhooks/{webhook_id}/test")
    assert (again.status_code, again.json()["code"]) == (409, "webhook-disabled")

    receiving.answer(200)
    for _ in range(2):
        enabled = await client.post(f"/webhooks/{webhook_id}/enable")
        assert (enabled.status_code, enabled.json()["disabled_at"]) == (200, None)
    assert (await client.post(f"/webhooks/{new_uuid()}/enable")).status_code == 404
    await client.post(f"/webhooks/{webhook_id}/test")
    await telling.follow()
    while await telling.send():
        pass
    assert [one["state"] for one in await deliveries(client, webhook_id)] == ["delivered", "dead", "dead"]


async def test_after_a_rotation_old_and_new_secret_verify(
    client: AsyncClient, telling: Telling, receiving: Receiver
) -> None:
    webhook_id, old = await register(client, receiving.url)
    rotated = await client.post(f"/webhooks/{webhook_id}/secret")
    new = rotated.json()["secret"]
    await client.post(f"/webhooks/{webhook_id}/test")
    await telling.follow()
    await telling.send()

    message = receiving.next()
    assert new != old
    message.verify(old)
    message.verify(new)
    with pytest.raises(ValueError, match="signature"):
        message.verify("whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD6JGzgz+0sTE=")


async def test_the_secret_is_kept_sealed_and_not_shown_again(
    client: AsyncClient, postgres_engine: AsyncEngine, unique_user: UserId, receiving: Receiver
) -> None:
    _, secret = await register(client, receiving.url)
    async with postgres_engine.connect() as connection:
        row = (await connection.execute(select(webhooks).where(webhooks.c.user_id == unique_user))).one()

    assert secret.encode() not in row.secret
    assert secret not in (await client.get("/webhooks")).text


async def test_nobody_elses_webhooks(client: AsyncClient, use_cases: ConversationUseCases, receiving: Receiver) -> None:
    webhook_id, _ = await register(client, receiving.url)
    async with client_of(use_cases, UserId(new_uuid())) as other:
        assert (await other.get("/webhooks")).json() == {"webhooks": []}
        answers = [
            await other.delete(f"/webhooks/{webhook_id}"),
            await other.post(f"/webhooks/{webhook_id}/test"),
            await other.post(f"/webhooks/{webhook_id}/secret"),
            await other.get(f"/webhooks/{webhook_id}/deliveries"),
        ]
    assert {(answer.status_code, answer.json()["code"]) for answer in answers} == {(404, "webhook-not-found")}


async def test_a_deleted_webhook_gets_nothing(client: AsyncClient, telling: Telling, receiving: Receiver) -> None:
    webhook_id, _ = await register(client, receiving.url)
    await client.post(f"/webhooks/{webhook_id}/test")
    await telling.follow()
    (due,) = await telling.due()
    assert (await client.delete(f"/webhooks/{webhook_id}")).status_code == 204
    assert await telling.due() == []
    await telling.follow()
    assert await telling.send() == 0
    assert due.attempts == 0
    assert receiving.requests.empty()


async def test_ten_are_kept_and_bad_ones_are_told(client: AsyncClient) -> None:
    for number in range(MAX_WEBHOOKS):
        await register(client, f"https://hooks.example.com/{number}")
    full = await client.post("/webhooks", json={"url": "https://hooks.example.com/more"})
    assert (full.status_code, full.json()["code"]) == (409, "too-many-webhooks")
    bad = await client.post("/webhooks", json={"url": "http://10.0.0.1/"})
    assert (bad.status_code, bad.json()["code"]) == (422, "webhook-url")
    for body in ({}, {"url": "https://a.example", "events": []}, {"url": "https://a.example", "events": ["x"]}):
        assert (await client.post("/webhooks", json=body)).status_code == 422


async def test_deliveries_come_in_pages_and_are_forgotten(
    client: AsyncClient, use_cases: ConversationUseCases, telling: Telling, receiving: Receiver, clock: MovableClock
) -> None:
    webhook_id, _ = await register(client, receiving.url)
    for _ in range(3):
        await client.post(f"/webhooks/{webhook_id}/test")
    await telling.follow()
    first = (await client.get(f"/webhooks/{webhook_id}/deliveries?limit=2")).json()
    second = (await client.get(f"/webhooks/{webhook_id}/deliveries?limit=2&before={first['before']}")).json()
    ids = [one["id"] for one in first["deliveries"] + second["deliveries"]]
    assert (len(ids), second["before"]) == (3, None)
    assert ids == sorted(ids, reverse=True)
    clock.pass_time(KEPT_FOR + timedelta(minutes=1))
    assert await use_cases.webhooks.forget_deliveries() >= 3
    assert await deliveries(client, webhook_id) == []
