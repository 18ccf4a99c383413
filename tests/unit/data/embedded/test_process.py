import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from data.embedded.process import (
    Launch,
    ProcessId,
    clean_environment,
    orphans_in,
    process_id,
    spawn,
    stop,
    wait_until_dead,
)

_STUBBORN = (
    "import signal, sys; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('up', flush=True); sys.stdin.read()"
)


def _child(code: str, directory: Path | None = None) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-c", code]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=directory)


def test_a_pid_that_was_used_again_is_another_process() -> None:
    myself = process_id(os.getpid())

    assert myself.alive()
    assert not ProcessId(myself.pid, myself.created_at - 60).alive()


async def test_one_that_ended_but_was_not_waited_for_is_dead() -> None:
    with _child("") as child:
        name = process_id(child.pid)
        await wait_until_dead(name)

        assert not name.alive()


async def test_stopping_is_polite_first() -> None:
    with _child("import sys; print('up', flush=True); sys.stdin.read()") as child:
        assert child.stdout is not None
        child.stdout.readline()

        assert await stop(process_id(child.pid), signal.SIGTERM, 20)
        assert child.wait() == -signal.SIGTERM


async def test_one_that_does_not_listen_is_killed() -> None:
    with _child(_STUBBORN) as child:
        assert child.stdout is not None
        child.stdout.readline()

        assert not await stop(process_id(child.pid), signal.SIGTERM, 0.05)
        assert child.wait() == -signal.SIGKILL


async def test_an_orphan_is_found_by_where_it_works_and_its_children_are_left_out(tmp_path: Path) -> None:
    family = "import subprocess, sys; subprocess.Popen(['sleep', '60']); print('up', flush=True); sys.stdin.read()"
    with _child(family, tmp_path) as parent:
        assert parent.stdout is not None
        parent.stdout.readline()
        found = orphans_in(tmp_path)

        assert [orphan.pid for orphan in found] == [parent.pid]
        parent.kill()
        parent.wait()
        (left,) = orphans_in(tmp_path)
        assert await stop(left, signal.SIGTERM, 20)

    assert orphans_in(tmp_path) == []


def test_no_secret_and_no_setting_of_the_users_reaches_an_engine(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("NIVESH_LLM_API_KEY", "PGHOST", "JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "CLASSPATH"):
        monkeypatch.setenv(name, "x")

    environment = clean_environment({"HOME": "/somewhere"})

    assert environment["PATH"] == os.environ["PATH"]
    assert environment["HOME"] == "/somewhere"
    assert "x" not in environment.values()


def test_a_log_that_grew_large_is_put_aside(tmp_path: Path) -> None:
    log = tmp_path / "engine.log"
    log.write_bytes(bytes(5_000_001))

    spawn(Launch((sys.executable, "-c", "print('fresh')"), tmp_path), log).wait()

    assert log.read_text() == "fresh\n"
    assert (tmp_path / "engine.log.1").stat().st_size == 5_000_001
