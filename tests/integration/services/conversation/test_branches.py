"""Edited questions and answers given anew: branches of a conversation, on real engines."""

import asyncio
import dataclasses

import pytest
from httpx import AsyncClient

from services.conversation.application.accept_turn import AcceptTurnRequest
from services.conversation.application.branches.choose_branch import ChooseBranchRequest
from services.conversation.application.branches.find_turn import FindTurnRequest
from services.conversation.application.branches.list_versions import ListVersionsRequest
from services.conversation.application.delete_conversation import DeleteConversationRequest
from services.conversation.application.fail_run import FailRunRequest
from services.conversation.application.get_conversation import ConversationView, GetConversationRequest
from services.conversation.application.get_history import GetHistoryRequest
from services.conversation.application.record_turn_in_chat_log import RecordTurnInChatLogRequest
from services.conversation.application.use_cases import ConversationUseCases
from services.conversation.domain.branches.branch import MAX_VERSIONS, TooManyVersionsError
from services.conversation.domain.errors import (
    ConversationNotFoundError,
    IdempotencyKeyReusedError,
    RunNotFoundError,
)
from services.conversation.domain.run import Run
from services.shared.domain.errors import InvalidInputError, NiveshError
from services.shared.domain.ids import ConversationId, RunId, UserId, new_uuid
from tests.integration.services.conversation.test_turns import answer


class Talk:
    """A conversation of one person."""

    def __init__(self, use_cases: ConversationUseCases, user_id: UserId) -> None:
        self.use_cases = use_cases
        self.user_id = user_id
        self.id: ConversationId | None = None

    def request(self, message: str | None = None, replaces: Run | None = None) -> AcceptTurnRequest:
        return AcceptTurnRequest(
            user_id=self.user_id,
            message=message,
            conversation_id=self.id,
            replaces=replaces.id if replaces is not None else None,
        )

    async def ask(self, message: str | None = None, replaces: Run | None = None) -> Run:
        run = (await self.use_cases.accept_turn(self.request(message, replaces))).run
        self.id = run.conversation_id
        run = await answer(self.use_cases, run, f"re {run.user_message}")
        await self.use_cases.record_turn_in_chat_log(RecordTurnInChatLogRequest(user_id=self.user_id, run_id=run.id))
        return run

    async def read(
        self, branch: Run | None = None, *, before: RunId | None = None, turns: int = 50
    ) -> ConversationView:
        assert self.id is not None
        return await self.use_cases.get_conversation(
            GetConversationRequest(
                user_id=self.user_id,
                conversation_id=self.id,
                branch=branch.id if branch is not None else None,
                before=before,
                turns=turns,
            )
        )

    async def questions(self, branch: Run | None = None) -> list[str]:
        return [message.content for message in (await self.read(branch)).page.messages[::2]]

    async def known_to(self, run: Run) -> list[str]:
        """The questions before the run that its answer knows of."""
        history = await self.use_cases.get_history(
            GetHistoryRequest(user_id=self.user_id, conversation_id=run.conversation_id, last=run.parent_id)
        )
        return [message.content for message in history[::2]]

    async def choose(self, run: Run) -> None:
        assert self.id is not None
        await self.use_cases.branches.choose(
            ChooseBranchRequest(user_id=self.user_id, conversation_id=self.id, run_id=run.id)
        )


@pytest.fixture
def talk(use_cases: ConversationUseCases, unique_user: UserId) -> Talk:
    return Talk(use_cases, unique_user)


async def test_an_edited_question_makes_a_branch_and_the_other_one_stays(talk: Talk) -> None:
    first, second = await talk.ask("rent?"), await talk.ask("fuel?")
    third = await talk.ask("food?")
    edited = await talk.ask("petrol?", replaces=second)
    following = await talk.ask("and diesel?")

    assert await talk.questions() == ["rent?", "petrol?", "and diesel?"]
    assert await talk.questions(second) == ["rent?", "fuel?", "food?"]
    assert await talk.known_to(following) == ["rent?", "petrol?"]
    assert await talk.known_to(edited) == ["rent?"]
    assert edited.parent_id == second.parent_id == first.id
    places = {place.run_id: place.versions for place in (await talk.read()).page.places}
    assert places == {first.id: (first.id,), edited.id: (second.id, edited.id), following.id: (following.id,)}

    await talk.choose(second)
    assert (await talk.read()).conversation.head_id == third.id
    last = await talk.ask("and drinks?")
    assert await talk.known_to(last) == ["rent?", "fuel?", "food?"]


async def test_an_answer_given_anew_asks_the_same_again(talk: Talk) -> None:
    first = await talk.ask("rent?")
    again = await talk.ask(replaces=first)
    assert (again.user_message, again.parent_id, again.replaces_id) == ("rent?", None, first.id)
    assert await talk.known_to(again) == []
    versions = await talk.use_cases.branches.list_versions(
        ListVersionsRequest(user_id=talk.user_id, conversation_id=again.conversation_id, run_id=first.id)
    )
    assert [version.run_id for version in versions] == [first.id, again.id]


async def test_a_branch_is_read_in_pages(talk: Talk) -> None:
    first, second = await talk.ask("a"), await talk.ask("b")
    await talk.ask("c")
    await talk.ask("B", replaces=second)
    page = (await talk.read(second, turns=2)).page
    assert [message.content for message in page.messages[::2]] == ["b", "c"]
    older = (await talk.read(before=page.before, turns=2)).page
    assert [message.run_id for message in older.messages] == [first.id] * 2
    assert older.before is None


async def test_a_version_that_fails_gives_its_place_back(talk: Talk) -> None:
    first = await talk.ask("a")
    last = await talk.ask("b")
    failed = (await talk.use_cases.accept_turn(talk.request(replaces=first))).run
    assert (await talk.read()).conversation.head_id == failed.id
    await talk.use_cases.fail_run(FailRunRequest(user_id=talk.user_id, run_id=failed.id, problem={"status": 503}))
    assert (await talk.read()).conversation.head_id == last.id
    assert await talk.questions() == ["a", "b"]
    again = await talk.ask("c")
    assert await talk.known_to(again) == ["a", "b"]
    retried = await talk.ask(replaces=failed)
    assert retried.user_message == "a"


async def test_the_same_request_again_is_the_same_version(talk: Talk) -> None:
    first = await talk.ask("a")
    request = dataclasses.replace(talk.request("A", replaces=first), idempotency_key="k")
    accepted = await asyncio.gather(*(talk.use_cases.accept_turn(request) for _ in range(5)))
    assert len({one.run.id for one in accepted}) == 1
    for other in (dataclasses.replace(request, replaces=None), dataclasses.replace(request, message=None)):
        with pytest.raises((IdempotencyKeyReusedError,)):
            await talk.use_cases.accept_turn(other)


async def test_a_question_may_follow_any_turn(talk: Talk) -> None:
    first = await talk.ask("a")
    await talk.ask("b")
    request = dataclasses.replace(talk.request("c"), follows=first.id)
    run = await answer(talk.use_cases, (await talk.use_cases.accept_turn(request)).run)
    assert await talk.known_to(run) == ["a"]


async def test_versions_have_a_bound(talk: Talk) -> None:
    first = await talk.ask("a")
    for _ in range(MAX_VERSIONS - 1):
        last = await talk.ask(replaces=first)
    with pytest.raises(TooManyVersionsError):
        await talk.ask(replaces=first)
    assert (await talk.read()).conversation.head_id == last.id


async def test_only_ones_own_turns_of_the_conversation_can_be_replaced(talk: Talk) -> None:
    first = await talk.ask("a")
    elsewhere = Talk(talk.use_cases, talk.user_id)
    await elsewhere.ask("x")
    stranger = Talk(talk.use_cases, UserId(new_uuid()))
    for other, error in ((elsewhere, RunNotFoundError), (stranger, RunNotFoundError)):
        with pytest.raises(error):
            await other.ask("b", replaces=first)
    assert elsewhere.id is not None
    for wanted in (elsewhere.id, ConversationId(new_uuid())):
        with pytest.raises(NiveshError, match="no such"):
            await talk.use_cases.branches.choose(
                ChooseBranchRequest(user_id=talk.user_id, conversation_id=wanted, run_id=first.id)
            )
    with pytest.raises(RunNotFoundError):
        await elsewhere.read(first)
    with pytest.raises(InvalidInputError):
        await talk.ask()
    await talk.use_cases.delete_conversation(
        DeleteConversationRequest(user_id=talk.user_id, conversation_id=first.conversation_id)
    )
    with pytest.raises(ConversationNotFoundError):
        await talk.ask("b", replaces=first)


async def test_a_turn_is_found_by_its_run_its_key_or_as_the_last(talk: Talk) -> None:
    keyed = dataclasses.replace(talk.request("a"), idempotency_key="client's name")
    first = await answer(talk.use_cases, (await talk.use_cases.accept_turn(keyed)).run)
    talk.id = first.conversation_id
    second = await talk.ask("b")

    async def find(name: str | None, key: str | None = None) -> Run:
        return await talk.use_cases.branches.find_turn(
            FindTurnRequest(user_id=talk.user_id, conversation_id=first.conversation_id, name=name, key=key)
        )

    assert await find(None) == second
    assert await find(str(first.id)) == first
    assert await find("mine", "client's name") == first
    for name in ("mine", str(new_uuid())):
        with pytest.raises(RunNotFoundError):
            await find(name, "another")


async def test_branches_over_rest(client: AsyncClient, talk: Talk) -> None:
    first = await talk.ask("a")
    edited = await talk.ask("A", replaces=first)
    place = f"/conversations/{first.conversation_id}"
    shown = (await client.get(place)).json()
    assert shown["head_run_id"] == str(edited.id)
    assert [message["content"] for message in shown["messages"]] == ["A", "re A"]
    assert shown["messages"][0]["versions"] == [str(first.id), str(edited.id)]
    assert shown["messages"][0]["parent_run_id"] is None

    versions = (await client.get(f"{place}/turns/{edited.id}/versions")).json()["versions"]
    assert [(one["question"], one["answer"], one["replaces_run_id"]) for one in versions] == [
        ("a", "re a", None),
        ("A", "re A", str(first.id)),
    ]
    other = (await client.get(place, params={"branch": str(first.id)})).json()
    assert [message["content"] for message in other["messages"]] == ["a", "re a"]
    chosen = await client.put(f"{place}/branch", json={"run_id": str(first.id)})
    assert chosen.json() == {"conversation_id": str(first.conversation_id), "head_run_id": str(first.id)}
    assert (await client.get(place)).json()["messages"] == other["messages"]

    nobodys = str(new_uuid())
    for response, status in (
        (await client.get(f"{place}/turns/{nobodys}/versions"), 404),
        (await client.get(place, params={"branch": nobodys}), 404),
        (await client.put(f"{place}/branch", json={"run_id": nobodys}), 404),
        (await client.put(f"/conversations/{nobodys}/branch", json={"run_id": str(first.id)}), 404),
        (await client.put(f"{place}/branch", json={"run_id": "x"}), 422),
        (await client.put(f"{place}/branch", json={}), 422),
    ):
        assert response.status_code == status, response.text
        assert response.headers["content-type"] == "application/problem+json"


async def test_a_conversation_is_renamed(client: AsyncClient, talk: Talk) -> None:
    run = await talk.ask("How much was the rent?")
    place = f"/conversations/{run.conversation_id}"
    before = (await client.get(place)).json()
    assert before["title"] == "How much was the rent?"
    renamed = await client.patch(place, json={"title": "  Rent \n and  more "})
    assert renamed.status_code == 200
    assert renamed.json()["title"] == "Rent and more"
    assert renamed.json()["updated_at"] == before["updated_at"]
    await talk.ask("And fuel?")
    assert (await client.get(place)).json()["title"] == "Rent and more"
    for body, status in (({"title": " "}, 422), ({"title": "x" * 61}, 422), ({}, 422), ({"title": "a\x00"}, 422)):
        assert (await client.patch(place, json=body)).status_code == status
    missing = await client.patch(f"/conversations/{new_uuid()}", json={"title": "x"})
    assert (missing.status_code, missing.json()["code"]) == (404, "conversation-not-found")
