from httpx import AsyncClient

from services.conversation.application.accept_turn import AcceptTurnRequest
from services.conversation.application.record_turn_in_chat_log import RecordTurnInChatLogRequest
from services.conversation.application.use_cases import ConversationUseCases
from services.shared.domain.ids import ConversationId, UserId, new_uuid
from tests.integration.services.conversation.test_turns import answer


async def ask(
    use_cases: ConversationUseCases, user_id: UserId, message: str, conversation_id: ConversationId | None = None
) -> ConversationId:
    request = AcceptTurnRequest(user_id=user_id, message=message, conversation_id=conversation_id)
    run = await answer(use_cases, (await use_cases.accept_turn(request)).run, f"answer to {message}")
    await use_cases.record_turn_in_chat_log(RecordTurnInChatLogRequest(user_id=user_id, run_id=run.id))
    return run.conversation_id


async def test_open_list_read_delete(client: AsyncClient) -> None:
    opened = await client.post("/conversations", json={"title": " Holiday "})
    assert opened.status_code == 201
    assert opened.json()["title"] == "Holiday"
    place = f"/conversations/{opened.json()['id']}"
    assert (await client.get("/conversations")).json() == {"conversations": [opened.json()], "next_cursor": None}
    assert (await client.get(place)).json() == opened.json() | {"messages": [], "before": None}
    assert (await client.delete(place)).status_code == 204
    assert (await client.get("/conversations")).json()["conversations"] == []
    for response in (await client.get(place), await client.delete(place)):
        assert response.status_code == 404
        assert response.json()["code"] == "conversation-not-found"


async def test_messages_are_paged_towards_the_beginning(
    client: AsyncClient, use_cases: ConversationUseCases, unique_user: UserId
) -> None:
    conversation_id = await ask(use_cases, unique_user, "q0")
    for number in (1, 2):
        await ask(use_cases, unique_user, f"q{number}", conversation_id)
    newest = (await client.get(f"/conversations/{conversation_id}", params={"turns": 2})).json()
    assert [(message["role"], message["content"]) for message in newest["messages"]] == [
        ("user", "q1"),
        ("assistant", "answer to q1"),
        ("user", "q2"),
        ("assistant", "answer to q2"),
    ]
    assert newest["messages"][1]["citations"] == [{"figure": "₹5", "call_id": "c1", "path": "$.total"}]
    oldest = (await client.get(f"/conversations/{conversation_id}", params={"before": newest["before"]})).json()
    assert [message["content"] for message in oldest["messages"]] == ["q0", "answer to q0"]
    assert oldest["before"] is None


async def test_the_list_is_paged(client: AsyncClient, use_cases: ConversationUseCases, unique_user: UserId) -> None:
    for number in range(3):
        await ask(use_cases, unique_user, f"q{number}")
    first = (await client.get("/conversations", params={"limit": 2})).json()
    second = (await client.get("/conversations", params={"limit": 2, "cursor": first["next_cursor"]})).json()
    titles = [one["title"] for page in (first, second) for one in page["conversations"]]
    assert titles == ["q2", "q1", "q0"]
    assert second["next_cursor"] is None


async def test_another_persons_conversation_does_not_exist(
    client: AsyncClient, use_cases: ConversationUseCases
) -> None:
    conversation_id = await ask(use_cases, UserId(new_uuid()), "q")
    assert (await client.get(f"/conversations/{conversation_id}")).status_code == 404
    assert (await client.delete(f"/conversations/{conversation_id}")).status_code == 404


async def test_bad_input_is_told(client: AsyncClient) -> None:
    for response in (
        await client.get("/conversations/not-a-uuid"),
        await client.get("/conversations", params={"cursor": "x"}),
        await client.get("/conversations", params={"limit": 0}),
        await client.post("/conversations", json={"title": "x" * 61}),
        await client.post("/conversations", json={"title": "  "}),
        await client.post("/conversations", json={"title": "a\x00b"}),
        await client.post("/conversations", json={"titel": "x"}),
    ):
        assert response.status_code == 422, response.text
        assert response.headers["content-type"] == "application/problem+json"
    assert (await client.get("/conversations")).json()["conversations"] == []
