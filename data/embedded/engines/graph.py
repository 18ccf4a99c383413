"""ArcadeDB with its Bolt plugin, which Neo4j's drivers speak to, on the Java runtime of its own wheel."""

import signal
import sys
from collections.abc import Mapping
from importlib.metadata import version
from pathlib import Path

from data.embedded.address import Engine, EngineAddress
from data.embedded.credentials import Credentials
from data.embedded.engines.blueprint import PACKAGES, package_directory
from data.embedded.paths import HomePaths
from data.embedded.private_files import write_private
from data.embedded.process import Launch
from data.embedded.readiness import graph_answers

DATABASE = "nivesh"
"""The database that a driver's sessions name."""

COMMAND_TIMEOUT_MS = 10_000
"""No statement runs longer: unlike Neo4j, this engine has no limit for a single transaction."""

_USER = "root"
_JVM = (
    "-Xms32m",
    "-Xmx256m",
    "-XX:+UseSerialGC",
    # The quick compiler alone: one household's graph never earns back what the optimising one costs at each start.
    "-XX:TieredStopAtLevel=1",
    "-XX:+ExitOnOutOfMemoryError",
    "-Djava.awt.headless=true",
    "-Dfile.encoding=UTF-8",
    "--add-modules=jdk.incubator.vector",
    "--enable-native-access=ALL-UNNAMED",
)


def archive_path() -> Path:
    """Where the class archive of the installed wheel lies, if set-up has made it; see `graph_archive`."""
    return Path(sys.prefix) / "share" / "nivesh" / f"graph-{version(PACKAGES[Engine.GRAPH][1])}.aot"


class GraphBlueprint:
    """Production mode (each commit flushes its log), loopback only, one database made at first start."""

    engine = Engine.GRAPH
    port_names: tuple[str, ...] = ("bolt", "http")
    stop_signal = signal.SIGTERM
    knock_to_stop = False

    def __init__(self, paths: HomePaths, credentials: Credentials) -> None:
        self._directory = paths.data(self.engine)
        self._password_file = paths.graph_password
        self._password = credentials.graph

    def prepare(self, ports: Mapping[str, int]) -> None:
        """Make the directory and put the password where the server reads it."""
        self._directory.mkdir(mode=0o700, exist_ok=True)
        # In a file, since everybody on the machine can read a command line.
        write_private(self._password_file, self._password)

    def launch(self, ports: Mapping[str, int]) -> Launch:
        """The server with Bolt and HTTP on these ports."""
        package = package_directory(self.engine)
        settings = {
            "server.name": "nivesh",
            "server.mode": "production",
            "server.rootPath": str(self._directory),
            "server.rootPasswordPath": str(self._password_file),
            "server.defaultDatabases": f"{DATABASE}[{_USER}]",
            "server.plugins": "Bolt:com.arcadedb.bolt.BoltProtocolPlugin",
            "server.httpIncomingHost": "127.0.0.1",
            "server.httpIncomingPort": str(ports["http"]),
            "bolt.host": "127.0.0.1",
            "bolt.port": str(ports["bolt"]),
            "bolt.defaultDatabase": DATABASE,
            "postgres.host": "127.0.0.1",
            "redis.host": "127.0.0.1",
            "mongo.host": "127.0.0.1",
            "grpc.host": "127.0.0.1",
            "support.autoRegister": "false",
            "command.timeout": str(COMMAND_TIMEOUT_MS),
        }
        properties = (f"-Darcadedb.{name}={value}" for name, value in settings.items())
        classpath = str(package / "jars" / "*")
        java = str(package / "jre" / "bin" / "java")
        archive = archive_path()
        archived = (f"-XX:AOTCache={archive}",) if archive.exists() else ()
        command = (java, *archived, *_JVM, *properties, "-cp", classpath, "com.arcadedb.server.ArcadeDBServer")
        return Launch(command, self._directory)

    async def answers(self, ports: Mapping[str, int]) -> bool:
        """Bolt and HTTP both serve."""
        return await graph_answers(ports["bolt"], ports["http"])

    def address(self, ports: Mapping[str, int]) -> EngineAddress:
        """Bolt, with the user and password that the driver wants as `auth`."""
        return EngineAddress(f"bolt://127.0.0.1:{ports['bolt']}", _USER, self._password)
