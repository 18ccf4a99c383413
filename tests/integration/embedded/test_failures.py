from pathlib import Path

import pytest

from data.embedded import EmbeddedEngines, Engine, EngineStartError
from tests.integration.embedded.observation import processes_in, until


async def test_an_engine_that_cannot_start_says_why(home: Path) -> None:
    wanted = frozenset({Engine.POSTGRES})
    async with EmbeddedEngines(home, wanted):
        pass
    (home / "postgres" / "data" / "PG_VERSION").write_text("9.6\n")

    with pytest.raises(EngineStartError) as raised:
        await EmbeddedEngines(home, wanted).__aenter__()

    message = str(raised.value)
    assert "postgres" in message
    assert "NIVESH_POSTGRES_URL" in message
    assert str(home / "logs" / "postgres.log") in message
    assert "is not compatible with this version" in message
    assert processes_in(home) == []


async def test_it_is_tried_again_for_the_next_user_while_the_others_go_on(home: Path) -> None:
    async with EmbeddedEngines(home, frozenset({Engine.REDIS})) as addresses:
        # A file in the place of the data directory.
        (home / "postgres").write_text("")
        with pytest.raises(EngineStartError, match="postgres"):
            await EmbeddedEngines(home, frozenset({Engine.POSTGRES, Engine.REDIS})).__aenter__()

        (home / "postgres").unlink()
        async with EmbeddedEngines(home, frozenset({Engine.POSTGRES, Engine.REDIS})) as both:
            assert both[Engine.REDIS] == addresses[Engine.REDIS]


async def test_a_keeper_that_cannot_run_says_why(home: Path) -> None:
    async with EmbeddedEngines(home, frozenset({Engine.REDIS})):
        pass
    (home / "secrets" / "engines.json").unlink()

    with pytest.raises(EngineStartError, match="restore the file"):
        await EmbeddedEngines(home, frozenset({Engine.REDIS})).__aenter__()
    await until(lambda: processes_in(home) == [])


async def test_a_home_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")

    with pytest.raises(EngineStartError, match="NIVESH_HOME"):
        await EmbeddedEngines(tmp_path / "file" / "home", frozenset({Engine.REDIS})).__aenter__()
