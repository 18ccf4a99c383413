"""Feedback on answers, over REST on real engines."""

import pytest
from httpx import AsyncClient

from services.conversation.application.accept_turn import AcceptTurnRequest
from services.conversation.application.cancel_run import CancelRunRequest
from services.conversation.application.use_cases import ConversationUseCases
from services.conversation.domain.run import Run
from services.shared.domain.ids import UserId, new_uuid
from tests.integration.services.conversation.conftest import Outbox
from tests.integration.services.conversation.test_turns import answer


@pytest.fixture
async def run(use_cases: ConversationUseCases, unique_user: UserId) -> Run:
    accepted = await use_cases.accept_turn(AcceptTurnRequest(user_id=unique_user, message="q"))
    return await answer(use_cases, accepted.run)


async def test_a_rating_is_given_changed_read_and_taken_back(client: AsyncClient, run: Run, published: Outbox) -> None:
    place = f"/runs/{run.id}/feedback"
    assert (await client.get(place)).json()["code"] == "feedback-not-found"
    first = await client.put(place, json={"rating": "down", "reason": "wrong_figure", "comment": "  It was ₹6.  "})
    assert first.status_code == 200
    given = first.json()
    assert (given["rating"], given["reason"], given["comment"]) == ("down", "wrong_figure", "It was ₹6.")
    assert given["message_id"] == str(run.message_id)
    assert (await client.get(place)).json() == given

    changed = (await client.put(place, json={"rating": "up", "comment": " "})).json()
    assert (changed["rating"], changed["reason"], changed["comment"]) == ("up", None, None)
    assert changed["created_at"] == given["created_at"]
    assert (await client.get("/feedback")).json() == {"feedback": [changed], "before": None}

    rated = [record.payload for record in await published.records() if record.name == "AnswerRated"]
    assert [(one["rating"], one["reason"], one["model"]) for one in rated] == [
        ("down", "wrong_figure", "offline"),
        ("up", None, "offline"),
    ]
    assert not any("₹" in str(one) for one in rated)

    assert (await client.delete(place)).status_code == 204
    assert (await client.delete(place)).status_code == 404
    assert (await client.get("/feedback")).json() == {"feedback": [], "before": None}


async def test_feedback_is_listed_in_pages(
    client: AsyncClient, use_cases: ConversationUseCases, unique_user: UserId
) -> None:
    ids = []
    for _ in range(3):
        accepted = await use_cases.accept_turn(AcceptTurnRequest(user_id=unique_user, message="q"))
        ids.append(str((await answer(use_cases, accepted.run)).id))
        await client.put(f"/runs/{ids[-1]}/feedback", json={"rating": "up"})
    first = (await client.get("/feedback", params={"limit": 2})).json()
    second = (await client.get("/feedback", params={"limit": 2, "before": first["before"]})).json()
    assert [one["run_id"] for page in (first, second) for one in page["feedback"]] == ids[::-1]
    assert second["before"] is None
    full = (await client.get("/feedback", params={"limit": 3})).json()
    assert (len(full["feedback"]), full["before"]) == (3, None)


async def test_only_ones_own_answers_are_rated_and_read(client: AsyncClient, use_cases: ConversationUseCases) -> None:
    accepted = await use_cases.accept_turn(AcceptTurnRequest(user_id=UserId(new_uuid()), message="q"))
    theirs = await answer(use_cases, accepted.run)
    place = f"/runs/{theirs.id}/feedback"
    for response, code in (
        (await client.put(place, json={"rating": "up"}), "run-not-found"),
        (await client.get(place), "feedback-not-found"),
        (await client.delete(place), "feedback-not-found"),
    ):
        assert (response.status_code, response.json()["code"]) == (404, code)


async def test_what_was_not_answered_cannot_be_rated(
    client: AsyncClient, use_cases: ConversationUseCases, unique_user: UserId
) -> None:
    run = (await use_cases.accept_turn(AcceptTurnRequest(user_id=unique_user, message="q"))).run
    refused = await client.put(f"/runs/{run.id}/feedback", json={"rating": "up"})
    assert (refused.status_code, refused.json()["code"]) == (409, "nothing-to-rate")
    await use_cases.cancel_run(CancelRunRequest(user_id=unique_user, run_id=run.id, answer="You sp"))
    assert (await client.put(f"/runs/{run.id}/feedback", json={"rating": "down"})).json()["message_id"] is None


async def test_feedback_goes_with_its_conversation(client: AsyncClient, run: Run) -> None:
    await client.put(f"/runs/{run.id}/feedback", json={"rating": "up", "comment": "Thanks"})
    assert (await client.delete(f"/conversations/{run.conversation_id}")).status_code == 204
    assert (await client.get(f"/runs/{run.id}/feedback")).status_code == 404
    assert (await client.put(f"/runs/{run.id}/feedback", json={"rating": "up"})).status_code == 409


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"rating": "sideways"},
        {"rating": "up", "reason": "because"},
        {"rating": "up", "comment": "x" * 2001},
        {"rating": "up", "comment": "a\x00b"},
        {"rating": "up", "stars": 5},
    ],
)
async def test_wrong_feedback_is_explained(client: AsyncClient, run: Run, body: dict[str, object]) -> None:
    refused = await client.put(f"/runs/{run.id}/feedback", json=body)
    assert refused.status_code == 422
    assert refused.headers["content-type"] == "application/problem+json"
