"""What a person is told when the provider refuses."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

import httpx2
import orjson
import pytest

from agents.models.connection import Later, Take
from agents.models.endpoint import Endpoint
from agents.models.openai_model import OpenAIModel, OpenAISettings
from agents.models.port import ModelError, ModelEvent, ModelRequest
from agents.models.transport import DELIVER
from tests.support.upstream import Reply, Upstream

REQUEST = ModelRequest(messages=[{"role": "user", "content": "What do I have?"}], tools=(), today=date(2026, 11, 24))


@pytest.mark.parametrize(
    ("status", "advice", "retryable"),
    [
        (401, "check NIVESH_LLM_API_KEY", False),
        (404, "check NIVESH_LLM_MODEL", False),
        (400, "Ask for less", False),
        (429, "busy or down", True),
        (503, "busy or down", True),
        (529, "busy or down", True),
    ],
)
async def test_a_refusal_says_who_has_to_do_what(status: int, advice: str, retryable: bool) -> None:
    told: list[ModelEvent] = []
    async with Upstream([Reply(status=status)]) as upstream:
        model = OpenAIModel(OpenAISettings(base_url=upstream.url))
        with pytest.raises(ModelError, match=advice) as raised:
            await model.stream(REQUEST, told.append)
        await model.close()
    assert raised.value.retryable is retryable
    assert told == []


def chunk(delta: Mapping[str, object]) -> bytes:
    return b"data: " + orjson.dumps({"choices": [{"index": 0, "delta": delta}]}) + b"\n\n"


CALL = {"tool_calls": [{"index": 0, "id": "c", "function": {"name": "get_net_worth", "arguments": "{}"}}]}


async def test_only_more_of_a_text_waits_to_be_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[str] = []
    waiting: list[Callable[[], None]] = []

    async def deliver(take: Take, later: Later) -> None:
        later(lambda: seen.append("before anything came"))
        take(chunk(CALL))
        later(lambda: seen.append("after a call"))
        take(chunk({"content": "You have "}))
        later(lambda: seen.append("after a text"))
        take(b"data: [DONE]\n\n")

    async def send(_: Endpoint, __: bytes) -> httpx2.Response:
        return httpx2.Response(200, extensions={DELIVER: deliver})

    monkeypatch.setattr(Endpoint, "send", send)
    await OpenAIModel(OpenAISettings(), waiting.append).stream(REQUEST, lambda _: None)
    assert seen == ["before anything came", "after a call"]
    assert len(waiting) == 1
