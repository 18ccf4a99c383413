"""The turn as one JSON document."""

from __future__ import annotations

import pytest

from agents.runs.events import EventType, RunEvent
from api.chat import _model


@pytest.mark.parametrize(
    ("told", "model"),
    [
        ([(EventType.RUN_STARTED, "gpt-9")], "gpt-9"),
        ([(EventType.RUN_STARTED, "gpt-9"), (EventType.USAGE, "offline")], "offline"),
        ([(EventType.RUN_STARTED, "gpt-9"), (EventType.USAGE, None)], "gpt-9"),
    ],
)
def test_it_names_the_model_that_answered(told: list[tuple[EventType, str | None]], model: str) -> None:
    assert _model([RunEvent(number, kind, {"model": name}) for number, (kind, name) in enumerate(told)]) == model
