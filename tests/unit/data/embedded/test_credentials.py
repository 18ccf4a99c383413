import stat
from pathlib import Path

import pytest

from data.embedded.address import Engine, EngineAddress
from data.embedded.credentials import ensure_credentials, read_credentials
from data.embedded.errors import EngineStartError
from data.embedded.paths import HomePaths, home_paths


@pytest.fixture
def paths(tmp_path: Path) -> HomePaths:
    paths = home_paths(tmp_path)
    paths.create()
    return paths


def test_they_are_made_once_and_differ(paths: HomePaths) -> None:
    assert read_credentials(paths) is None

    made = ensure_credentials(paths)

    assert ensure_credentials(paths) == made == read_credentials(paths)
    assert len({made.postgres, made.mongo, made.redis, made.graph}) == 4
    assert len(made.postgres) == 48
    assert stat.S_IMODE(paths.credentials.stat().st_mode) == 0o600
    assert stat.S_IMODE(paths.credentials.parent.stat().st_mode) == 0o700


def test_lost_ones_are_not_replaced_while_their_data_is_there(paths: HomePaths) -> None:
    paths.data(Engine.MONGO).mkdir()

    with pytest.raises(EngineStartError, match="restore the file"):
        ensure_credentials(paths)


def test_no_password_is_shown_by_mistake(paths: HomePaths) -> None:
    made = ensure_credentials(paths)
    address = EngineAddress(f"redis://:{made.redis}@127.0.0.1:1/0", password=made.redis)

    assert made.redis not in repr(made)
    assert made.redis not in repr(address)
    assert "redis://:***@127.0.0.1:1/0" in repr(address)
