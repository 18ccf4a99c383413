"""SecantusDB, which speaks MongoDB's protocol over WiredTiger.

It is GPL-2.0: it runs as a process of its own and nothing of it is imported here.
"""

import asyncio
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from data.embedded.address import Engine, EngineAddress
from data.embedded.credentials import Credentials
from data.embedded.engines.blueprint import package_directory
from data.embedded.errors import start_error
from data.embedded.paths import HomePaths
from data.embedded.private_files import write_private
from data.embedded.process import Launch, process_id, spawn, stop
from data.embedded.readiness import mongo_answers, until_ready

_USER = "nivesh"
_FIRST_START_S = 20.0
_STOP_S = 10.0


class MongoBlueprint:
    """Loopback only, SCRAM, every commit synced before it is acknowledged (without that a kill -9 loses some).

    The server has no exception for a first user: on first use it is started once without authentication on an empty
    directory, given its user, and stopped again.
    """

    engine = Engine.MONGO
    port_names: tuple[str, ...] = ("port",)
    stop_signal = signal.SIGTERM
    knock_to_stop = True

    def __init__(self, paths: HomePaths, credentials: Credentials) -> None:
        self._directory = paths.data(self.engine)
        self._log = paths.log(self.engine)
        self._config = self._directory / "secantusd.toml"
        self._user_made = self._directory / "user-made"
        self._password = credentials.mongo

    def prepare(self, ports: Mapping[str, int]) -> None:
        """On first use start the server open, make its user, stop it."""
        self._directory.mkdir(mode=0o700, exist_ok=True)
        if self._user_made.exists():
            return
        # An explicit file, though empty, keeps the server from looking for one in the user's home and in /etc.
        write_private(self._config, "")
        with self._running_open(ports["port"]):
            self._make_user(ports["port"])
        self._user_made.touch(mode=0o600)

    def launch(self, ports: Mapping[str, int]) -> Launch:
        """The server with authentication on."""
        return Launch((*self._command(ports["port"]), "--auth"), self._directory)

    async def answers(self, ports: Mapping[str, int]) -> bool:
        """It answers a ping."""
        return await mongo_answers(ports["port"])

    def address(self, ports: Mapping[str, int]) -> EngineAddress:
        """A URL with user and password, for the one server itself (no replica set discovery)."""
        host = f"127.0.0.1:{ports['port']}"
        url = f"mongodb://{_USER}:{self._password}@{host}/?directConnection=true&authSource=admin"
        return EngineAddress(url, _USER, self._password)

    def _command(self, port: int) -> tuple[str, ...]:
        package_directory(self.engine)
        server = (sys.executable, "-P", "-m", "secantus", "--config", str(self._config))
        where = ("--host", "127.0.0.1", "--port", str(port), "--storage-path", str(self._directory / "data"))
        return (*server, *where, "--cache-size", "128M", "--sync-on-commit", "--log-level", "ERROR")

    @contextmanager
    def _running_open(self, port: int) -> Iterator[None]:
        """The server without authentication, for as long as it takes to make the user."""
        server = spawn(Launch(self._command(port), self._directory), self._log)
        try:
            asyncio.run(self._wait_open(port, server))
            yield
        finally:
            if server.poll() is None:
                asyncio.run(stop(process_id(server.pid), self.stop_signal, _STOP_S, knock_on=port))
            server.wait()

    async def _wait_open(self, port: int, server: subprocess.Popen[bytes]) -> None:
        async def up_or_gone() -> bool:
            return server.poll() is not None or await mongo_answers(port)

        try:
            await asyncio.wait_for(until_ready(up_or_gone), _FIRST_START_S)
        except TimeoutError as error:
            raise start_error(self.engine, f"no answer in {_FIRST_START_S:.0f} s", self._log) from error
        if server.poll() is not None:
            raise start_error(self.engine, f"it ended with code {server.returncode}", self._log)

    def _make_user(self, port: int) -> None:
        # Here alone and only once per home: the driver takes long to import and is large.
        from pymongo import MongoClient
        from pymongo.errors import PyMongoError

        client: MongoClient[dict[str, object]] = MongoClient("127.0.0.1", port, directConnection=True)
        with client:
            known = client.admin.command("usersInfo", _USER)["users"]
            command = "updateUser" if known else "createUser"
            try:
                client.admin.command(command, _USER, pwd=self._password, roles=["root"])
            except PyMongoError as error:
                raise start_error(self.engine, f"its user could not be made: {error}", self._log) from error
