"""The graph engine's command line: secrets stay off it, and the class archive is used when it is there."""

from pathlib import Path

import pytest

from data.embedded.credentials import Credentials
from data.embedded.engines import graph
from data.embedded.engines.graph import GraphBlueprint
from data.embedded.paths import home_paths

PORTS = {"bolt": 20001, "http": 20002}


def command(home: Path) -> tuple[str, ...]:
    return GraphBlueprint(home_paths(home), Credentials("pg", "mo", "re", "open-sesame")).launch(PORTS).command


def test_the_archive_is_used_only_when_it_is_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    archive = tmp_path / "graph.aot"
    monkeypatch.setattr(graph, "archive_path", lambda: archive)

    assert not any(word.startswith("-XX:AOTCache") for word in command(tmp_path))
    archive.touch()
    assert f"-XX:AOTCache={archive}" in command(tmp_path)


def test_the_password_is_not_on_the_command_line(tmp_path: Path) -> None:
    assert not any("open-sesame" in word for word in command(tmp_path))
