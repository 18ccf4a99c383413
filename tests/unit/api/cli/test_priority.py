"""Which sessions a worker puts behind others."""

import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="only Linux groups processes by session")
_CALL = "import sys, pathlib; from api.cli.priority import let_people_go_first as go; go(pathlib.Path(sys.argv[1]))"


def _run(file: Path, *, leads_its_session: bool) -> None:
    subprocess.run([sys.executable, "-c", _CALL, file], check=True, start_new_session=leads_its_session)


def test_a_session_of_its_own_is_put_behind(tmp_path: Path) -> None:
    _run(tmp_path / "autogroup", leads_its_session=True)

    assert (tmp_path / "autogroup").read_text() == "10"


def test_a_session_that_others_share_is_left_as_it_is(tmp_path: Path) -> None:
    _run(tmp_path / "autogroup", leads_its_session=False)

    assert not (tmp_path / "autogroup").exists()


def test_a_kernel_without_groups_by_session_is_no_error(tmp_path: Path) -> None:
    _run(tmp_path / "missing" / "autogroup", leads_its_session=True)

    assert not (tmp_path / "missing").exists()
