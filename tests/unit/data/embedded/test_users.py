import subprocess
import sys
from pathlib import Path

import pytest

from data.embedded.address import Engine
from data.embedded.locks import locked
from data.embedded.paths import HomePaths, home_paths
from data.embedded.users import Seat, engines_in_use, poke

_SEAT_OF_ANOTHER_PROCESS = """
import sys
from pathlib import Path
from data.embedded.address import Engine
from data.embedded.paths import home_paths
from data.embedded.users import Seat
seat = Seat(home_paths(Path(sys.argv[1])), frozenset({Engine.MONGO}))
print("seated", flush=True)
sys.stdin.read()
"""


@pytest.fixture
def paths(tmp_path: Path) -> HomePaths:
    paths = home_paths(tmp_path)
    paths.create()
    return paths


def _in_use(paths: HomePaths) -> frozenset[Engine] | None:
    with locked(paths.gate_lock):
        return engines_in_use(paths)


def test_nobody_sits_in_a_new_home(paths: HomePaths) -> None:
    assert _in_use(paths) is None


def test_what_all_users_want_together_is_in_use_until_they_leave(paths: HomePaths) -> None:
    first = Seat(paths, frozenset({Engine.POSTGRES}))
    second = Seat(paths, frozenset({Engine.POSTGRES, Engine.REDIS}))
    assert _in_use(paths) == frozenset({Engine.POSTGRES, Engine.REDIS})

    second.leave()
    second.leave()
    assert _in_use(paths) == frozenset({Engine.POSTGRES})

    first.leave()
    assert _in_use(paths) is None
    assert list(paths.users.iterdir()) == []


def test_a_user_who_wants_nothing_is_a_user(paths: HomePaths) -> None:
    seat = Seat(paths, frozenset())

    assert _in_use(paths) == frozenset()
    seat.leave()


def test_a_user_that_is_killed_has_left(paths: HomePaths) -> None:
    command = [sys.executable, "-c", _SEAT_OF_ANOTHER_PROCESS, str(paths.home)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=Path.cwd()) as user:
        assert user.stdout is not None
        assert user.stdout.readline() == b"seated\n"
        assert _in_use(paths) == frozenset({Engine.MONGO})

        user.kill()
        user.wait()

    assert _in_use(paths) is None
    assert list(paths.users.iterdir()) == []


def test_poking_without_a_keeper_is_harmless(paths: HomePaths) -> None:
    poke(paths)

    assert not paths.wake_pipe.exists()
