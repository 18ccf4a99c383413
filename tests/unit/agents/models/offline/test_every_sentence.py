"""No sentence of the offline model holds a number word of its own: the gate would withhold it, for no tool gave it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path

import pytest

import agents.models.offline
from agents.verification.evidence import Evidence
from agents.verification.gate import FigureGate

OFFLINE = Path(agents.models.offline.__file__).parent
# Figures that a result or the question gives, or that stand for one of them.
GIVEN = (
    "the last six full months", "Three to six months is a common measure", "One transaction", "One refund",
    "every 28 days", "every two months", "every 56 days", "every 84 days",
)  # fmt: skip
# Modules that read and say nothing.
READING = frozenset({"number_words", "period_grammar", "quantities"})
NAME = "Xyz"


def templates(path: Path) -> Iterator[str]:
    """The sentences of a module, a name in the place of each value; no docstrings, no patterns."""
    tree = ast.parse(path.read_text())
    inside = {id(part) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in node.values}
    inside |= {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if id(node) in inside:
            continue
        if isinstance(node, ast.JoinedStr):
            yield "".join(str(part.value) if isinstance(part, ast.Constant) else NAME for part in node.values)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


@cache
def sentences() -> list[tuple[str, str]]:
    modules = [path for path in sorted(OFFLINE.rglob("*.py")) if path.stem not in READING]
    found = ((path.stem, text) for path in modules for text in templates(path))
    return [(name, text) for name, text in found if " " in text and not set(text) & set("\\|[")]


@pytest.mark.parametrize("name", sorted({name for name, _ in sentences()}))
def test_the_gate_lets_every_sentence_through(name: str) -> None:
    for _, text in (one for one in sentences() if one[0] == name):
        gate = FigureGate(Evidence(date(2026, 11, 27)))
        passages = gate.feed(text), gate.end()
        stopped = [figure.text for passage in passages for figure in passage.unverified]
        assert not stopped or any(given in text for given in GIVEN), (text, stopped)


def test_sentences_are_found() -> None:
    assert len(sentences()) > 300
