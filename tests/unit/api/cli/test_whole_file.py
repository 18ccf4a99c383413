"""Files that are written whole or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from api.cli.explain import explain
from api.cli.whole_file import whole_file


def test_it_takes_the_place_of_what_was_there(tmp_path: Path) -> None:
    path = tmp_path / "all.json"
    path.write_bytes(b"old")
    with whole_file(path) as target:
        target.write(b"new")
        assert path.read_bytes() == b"old"
    assert path.read_bytes() == b"new"
    assert list(tmp_path.iterdir()) == [path]
    assert path.stat().st_mode & 0o077 == 0


def test_what_was_there_stays_when_the_work_fails(tmp_path: Path) -> None:
    path = tmp_path / "all.json"
    path.write_bytes(b"old")

    def half_of_it() -> None:
        with whole_file(path) as target:
            target.write(b"half")
            raise ConnectionError

    with pytest.raises(ConnectionError):
        half_of_it()
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_what_is_no_file_is_written_to() -> None:
    with whole_file(Path("/dev/null")) as target:
        target.write(b"gone")
    assert not Path("/dev/null").is_file()


def test_a_directory_that_is_missing_is_named(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="no such directory") as raised, whole_file(tmp_path / "none" / "all.json"):
        pass
    assert explain(raised.value) == f"{tmp_path / 'none'} cannot be used: there is no such directory."
