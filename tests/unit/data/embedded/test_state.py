import stat
from pathlib import Path

import pytest

from data.embedded.address import Engine
from data.embedded.board import StateBoard
from data.embedded.paths import HomePaths, home_paths
from data.embedded.process import ProcessId
from data.embedded.state import EngineRecord, State, Status, read_state, write_state


@pytest.fixture
def paths(tmp_path: Path) -> HomePaths:
    paths = home_paths(tmp_path / "home")
    paths.create()
    return paths


def test_what_is_written_is_read_again(paths: HomePaths) -> None:
    record = EngineRecord(Status.READY, {"bolt": 20_001, "http": 20_002}, ProcessId(77, 1.25), 2, "an error")
    state = State(keeper=ProcessId(5, 12.5), engines={Engine.GRAPH: record})

    write_state(paths, state)

    assert read_state(paths) == state


def test_only_the_owner_can_read_it(paths: HomePaths) -> None:
    write_state(paths, State())

    assert stat.S_IMODE(paths.state_file.stat().st_mode) == 0o600


@pytest.mark.parametrize(
    "broken", ["", "{", "[]", "{}", '{"keeper": null, "engines": {"oracle": {}}}', '{"engines": 3}']
)
def test_a_broken_file_counts_as_empty(paths: HomePaths, broken: str) -> None:
    paths.state_file.write_text(broken)

    assert read_state(paths) == State()


def test_the_next_keeper_begins_with_the_ports_and_failures_of_the_last(paths: HomePaths) -> None:
    first = StateBoard(paths, ProcessId(5, 1.0))
    first.starting(Engine.REDIS, {"port": 20_003})
    first.failed(Engine.REDIS, "no luck")
    first.keeper_left()

    second = StateBoard(paths, ProcessId(6, 2.0))

    assert second.record(Engine.REDIS).ports == {"port": 20_003}
    assert second.record(Engine.REDIS).failures == 1
    assert second.taken_ports() == {20_003}
    assert read_state(paths).keeper == ProcessId(6, 2.0)


def test_a_keeper_that_was_killed_leaves_its_engines_to_the_next(paths: HomePaths) -> None:
    first = StateBoard(paths, ProcessId(5, 1.0))
    first.starting(Engine.REDIS, {"port": 20_003})
    first.launched(Engine.REDIS, ProcessId(9, 3.0))
    first.ready(Engine.REDIS)
    first.starting(Engine.MONGO, {"port": 20_004})
    first.launched(Engine.MONGO, ProcessId(10, 3.0))
    first.stopped(Engine.MONGO)

    assert StateBoard(paths, ProcessId(6, 2.0)).known() == {Engine.REDIS}


def test_nothing_is_handed_out_while_stopping(paths: HomePaths) -> None:
    board = StateBoard(paths, ProcessId(5, 1.0))
    board.starting(Engine.REDIS, {"port": 20_003})
    board.launched(Engine.REDIS, ProcessId(9, 3.0))
    board.ready(Engine.REDIS)

    board.stopping()

    assert read_state(paths).record(Engine.REDIS).status is Status.STOPPING
