from importlib.machinery import ModuleSpec
from pathlib import Path

import pytest

from data.embedded import URL_SETTINGS, ChdbMissingError, EmbeddedEngines, Engine, EngineMissingError, claim_chdb
from data.embedded.engines.blueprint import PACKAGES, package_directory
from data.embedded.errors import last_lines, start_error


def _nothing_installed(name: str, package: str | None = None) -> ModuleSpec | None:
    return None


@pytest.mark.parametrize("engine", list(Engine))
def test_every_engine_is_installed_by_the_extra(engine: Engine) -> None:
    assert package_directory(engine).is_dir()


@pytest.mark.parametrize("engine", list(Engine))
async def test_a_missing_wheel_is_named_with_its_two_remedies(
    engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("data.embedded.engines.blueprint.find_spec", _nothing_installed)

    with pytest.raises(EngineMissingError) as raised:
        await EmbeddedEngines(tmp_path / "home", frozenset({engine})).__aenter__()

    message = str(raised.value)
    assert "pip install 'nivesh[embedded]'" in message
    assert PACKAGES[engine][1] in message
    assert URL_SETTINGS[engine] in message
    assert not (tmp_path / "home").exists()


def test_missing_chdb_is_named_with_its_two_remedies(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("data.embedded.chdb.find_spec", _nothing_installed)

    with pytest.raises(ChdbMissingError, match=r"nivesh\[embedded\].*NIVESH_CLICKHOUSE_URL"):
        claim_chdb(tmp_path)


def test_a_failed_start_tells_the_log_and_its_end(tmp_path: Path) -> None:
    log = tmp_path / "graph.log"
    log.write_text("".join(f"line {number}\n" for number in range(40)))

    message = str(start_error(Engine.GRAPH, "it ended", log))

    assert "graph" in message
    assert "it ended" in message
    assert "NIVESH_NEO4J_URL" in message
    assert str(log) in message
    assert message.endswith("line 38\nline 39")
    assert "line 24\n" not in message


def test_there_may_be_no_log_yet(tmp_path: Path) -> None:
    assert last_lines(tmp_path / "none.log") == ""
