"""What a person is told when the provider refuses."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from agents.models.openai_model import OpenAIModel, OpenAISettings
from agents.models.port import ModelError, ModelEvent, ModelRequest, TextDelta
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


async def test_only_more_of_a_text_waits_to_be_looked_at() -> None:
    told: list[ModelEvent] = []
    waited: list[int] = []

    def later(look: Callable[[], None]) -> None:
        waited.append(len(told))
        look()

    async with Upstream([Reply(calls=[("get_net_worth", {})]), Reply(text=["You ", "have "])]) as upstream:
        model = OpenAIModel(OpenAISettings(base_url=upstream.url), later)
        await model.stream(REQUEST, told.append)
        assert waited == []
        told.clear()
        await model.stream(REQUEST, told.append)
        await model.close()
    assert "".join(event.text for event in told if isinstance(event, TextDelta)) == "You have "
    assert all(isinstance(told[0], TextDelta) and heard > 0 for heard in waited)
