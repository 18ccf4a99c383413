"""OpenAI's own Python client, with nothing but another base URL and an API key."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import openai
import pytest
from openai import OpenAI
from openai.types.chat import ChatCompletionMessageParam

from tests.support.client import Person
from tests.support.server import Server

WRITE = '/set_budget {"amount": "5000", "category": "dining"}'


def key_of(person: Person, *scopes: str) -> str:
    made = person.http.post("/api-keys", json={"name": "client", "scopes": scopes})
    assert made.status_code == 201, made.text
    return str(made.json()["key"])


@pytest.fixture
def client(server: Server, asha: Person) -> Iterator[OpenAI]:
    key = key_of(asha, "chat:read", "chat:write", "finance:read", "finance:write")
    with OpenAI(base_url=f"{server.url}/openai/v1", api_key=key, max_retries=0) as client:
        yield client


def net_worth(person: Person) -> Decimal:
    return Decimal(person.http.get("/finance/net-worth").json()["net_worth"])


def indian(amount: Decimal) -> str:
    """The figure without grouping, as it is compared."""
    return f"{amount:.2f}"


def test_the_model_is_listed(client: OpenAI) -> None:
    assert [model.id for model in client.models.list()] == ["nivesh"]
    assert client.models.retrieve("nivesh").owned_by == "nivesh"
    with pytest.raises(openai.NotFoundError) as unknown:
        client.models.retrieve("gpt-5")
    assert unknown.value.code == "model_not_found"


def test_a_question_is_answered_with_the_right_figure(client: OpenAI, asha: Person) -> None:
    answer = client.chat.completions.create(
        model="nivesh", messages=[{"role": "user", "content": "What is my net worth?"}]
    )

    assert answer.choices[0].message.content is not None
    assert indian(net_worth(asha)) in answer.choices[0].message.content.replace(",", "")
    assert answer.choices[0].finish_reason == "stop"
    assert answer.model_extra is not None
    assert answer.model_extra["nivesh"]["citations"]


def test_the_stream_says_the_same_and_ends_with_the_usage(client: OpenAI, asha: Person) -> None:
    chunks = list(
        client.chat.completions.create(
            model="nivesh",
            messages=[{"role": "user", "content": [{"type": "text", "text": "What is my net worth?"}]}],
            stream=True,
            stream_options={"include_usage": True},
        )
    )
    text = "".join(chunk.choices[0].delta.content or "" for chunk in chunks if chunk.choices)

    assert indian(net_worth(asha)) in text.replace(",", "")
    assert [chunk.choices[0].finish_reason for chunk in chunks if chunk.choices][-1] == "stop"
    assert chunks[-1].usage is not None


def test_a_chat_goes_on_where_its_messages_end(client: OpenAI) -> None:
    messages: list[ChatCompletionMessageParam] = [
        {"role": "user", "content": "What did I spend on groceries last month?"}
    ]
    first = client.chat.completions.create(model="nivesh", messages=messages)
    messages += [
        {"role": "assistant", "content": first.choices[0].message.content},
        {"role": "user", "content": "And on fuel?"},
    ]
    second = client.chat.completions.create(model="nivesh", messages=messages)

    assert first.model_extra is not None
    assert second.model_extra is not None
    assert second.model_extra["nivesh"]["conversation_id"] == first.model_extra["nivesh"]["conversation_id"]
    assert "fuel" in (second.choices[0].message.content or "")


def test_a_chat_that_is_taken_up_earlier_is_another_branch(client: OpenAI, asha: Person) -> None:
    begun: list[ChatCompletionMessageParam] = [{"role": "user", "content": "What did I spend on groceries last month?"}]
    first = client.chat.completions.create(model="nivesh", messages=begun)
    begun.append({"role": "assistant", "content": first.choices[0].message.content})
    for question in ("And on fuel?", "And on rent?"):
        answer = client.chat.completions.create(
            model="nivesh", messages=[*begun, {"role": "user", "content": question}]
        )
    assert answer.model_extra is not None
    read = asha.http.get(f"/conversations/{answer.model_extra['nivesh']['conversation_id']}").json()

    assert [message["content"] for message in read["messages"][::2]] == [
        "What did I spend on groceries last month?",
        "And on rent?",
    ]
    assert [len(message["versions"]) for message in read["messages"][::2]] == [1, 2]


def test_a_write_says_what_it_would_do_and_waits(client: OpenAI, asha: Person) -> None:
    asked = client.chat.completions.create(model="nivesh", messages=[{"role": "user", "content": WRITE}])
    assert asked.model_extra is not None
    (shown,) = asked.model_extra["nivesh"]["approvals"]

    assert shown["preview"]["summary"] in (asked.choices[0].message.content or "")
    assert "dining" not in [budget["category"] for budget in asha.http.get("/finance/budgets").json()["budgets"]]
    decided = asha.http.post(f"/approvals/{shown['approval_id']}", json={"decision": "reject", "hash": shown["hash"]})
    assert decided.status_code == 200, decided.text


def test_a_key_cannot_approve(server: Server, client: OpenAI) -> None:
    asked = client.chat.completions.create(model="nivesh", messages=[{"role": "user", "content": WRITE}])
    assert asked.model_extra is not None
    (shown,) = asked.model_extra["nivesh"]["approvals"]
    refused = client._client.post(
        f"{server.url}/api/v1/approvals/{shown['approval_id']}",
        json={"decision": "approve", "hash": shown["hash"]},
        headers={"authorization": f"Bearer {client.api_key}"},
    )

    assert (refused.status_code, refused.json()["code"]) == (403, "permission-denied")


def test_wrong_requests_are_the_clients_own_errors(client: OpenAI, server: Server, asha: Person) -> None:
    with pytest.raises(openai.UnprocessableEntityError) as refused:
        client.chat.completions.create(model="nivesh", messages=[{"role": "system", "content": "Hi"}])
    assert "role 'user'" in refused.value.message
    assert refused.value.type == "invalid_request_error"
    with pytest.raises(openai.UnprocessableEntityError) as many:
        client.chat.completions.create(model="nivesh", messages=[{"role": "user", "content": "Hi"}], n=2)
    assert (many.value.param, many.value.code) == ("n", "invalid_input")
    wrong = OpenAI(base_url=f"{server.url}/openai/v1", api_key="nvsh_wrong", max_retries=0)
    with wrong, pytest.raises(openai.AuthenticationError):
        wrong.models.list()
    with OpenAI(base_url=f"{server.url}/openai/v1", api_key=key_of(asha, "finance:read"), max_retries=0) as blind:
        with pytest.raises(openai.PermissionDeniedError):
            blind.models.list()
        with pytest.raises(openai.PermissionDeniedError):
            blind.chat.completions.create(model="nivesh", messages=[{"role": "user", "content": "Hi"}])
