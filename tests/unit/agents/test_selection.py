"""A run may name what is on offer, and nothing else."""

from __future__ import annotations

import pytest

from agents.models.offline.model import OfflineModel
from agents.selection import NotOfferedError, Selection
from prompts.library import prompt_versions
from tests.unit.agents.models.test_chain import Scripted

USUAL, OTHER = Scripted("usual"), Scripted("other")
SELECTION = Selection(usual=USUAL, offered={"other": OTHER, "offline": OfflineModel()})


@pytest.mark.parametrize("name", [None, "usual", "other", "offline"])
def test_what_is_offered_may_be_named(name: str | None) -> None:
    SELECTION.check(name, None)
    assert SELECTION.model(name).name == (name or "usual")


def test_what_is_not_is_told_what_there_is() -> None:
    with pytest.raises(NotOfferedError, match="offline, other, usual"):
        SELECTION.check("gpt-99", None)
    with pytest.raises(NotOfferedError, match="1, 2"):
        SELECTION.check(None, "99")


def test_prompts_by_version() -> None:
    for version in prompt_versions("answer"):
        SELECTION.check(None, version)
        assert SELECTION.prompt(version).version == version
    assert SELECTION.prompt(None).version == prompt_versions("answer")[-1]


def test_a_run_that_outlived_its_model_is_answered_by_the_usual_one() -> None:
    assert SELECTION.model("gone") is USUAL
    assert SELECTION.prompt("99").version == prompt_versions("answer")[-1]
