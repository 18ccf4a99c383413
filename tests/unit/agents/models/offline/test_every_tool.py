"""Every tool of the catalogue can be reached in English and in Hinglish, with arguments that it accepts."""

from __future__ import annotations

import json
import tomllib
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any, Final
from unittest.mock import MagicMock

import pytest

from agents.models.offline.planner import Step, next_step
from agents.models.offline.results import Call
from agents.models.port import FunctionCall, Message, MessageToolCall
from tests.unit.agents.models.offline.records import RECORDS
from tools.calls import validated
from tools.catalogue import all_tools

TODAY: Final = date(2026, 11, 24)
# Only names and arguments are read of the tools here, so no use case is called.
CATALOGUE: Final = {
    tool.name: tool
    for tool in all_tools(
        users=MagicMock(), finance=MagicMock(), goals=MagicMock(), memory=MagicMock(), graph=MagicMock()
    )
}
OFFERED: Final = frozenset(CATALOGUE) | {"calculate"}
PHRASINGS: Final = tomllib.loads((Path(__file__).parent / "phrasings.toml").read_text(encoding="utf-8"))
QUESTIONS: Final = [(tool, text) for tool, said in PHRASINGS.items() for part in said.values() for text in part]


def asked(question: str, wanted: str) -> tuple[Step, list[Call]]:
    """The step that calls the tool, or else the last one, and the calls that look something up on the way there."""
    messages: list[Message] = [{"role": "user", "content": question}]
    looked_up: list[Call] = []
    while True:
        step = next_step(messages, TODAY, OFFERED)
        if not step.calls or any(call.tool == wanted or call.tool not in RECORDS for call in step.calls):
            return step, looked_up
        for call in step.calls:
            looked_up.append(call)
            messages += answered(call, f"c{len(looked_up)}")


def answered(call: Call, number: str) -> list[Message]:
    """The messages of a look-up and its answer."""
    function: FunctionCall = {"name": call.tool, "arguments": call.arguments_json}
    made: MessageToolCall = {"id": number, "type": "function", "function": function}
    content: str = json.dumps(RECORDS[call.tool])
    return [
        {"role": "assistant", "content": None, "tool_calls": [made]},
        {"role": "tool", "tool_call_id": number, "content": content},
    ]


def test_every_tool_has_its_phrasings() -> None:
    assert set(PHRASINGS) == set(CATALOGUE)
    short = {tool for tool, said in PHRASINGS.items() if len(said["english"]) < 3 or len(said["hinglish"]) < 2}
    assert not short
    repeated = [text for text, count in Counter(text for _, text in QUESTIONS).items() if count > 1]
    assert not repeated


@pytest.mark.parametrize(("tool", "question"), QUESTIONS, ids=lambda value: str(value)[:70])
def test_a_phrasing_leads_to_exactly_its_tool(tool: str, question: str) -> None:
    step, looked_up = asked(question, tool)
    assert {call.tool for call in step.calls} == {tool}, step.text
    for call in [*step.calls, *looked_up]:
        arguments: Any = json.loads(call.arguments_json)
        validated(CATALOGUE[call.tool], arguments)
