"""Where everything lives under the home directory."""

import os
from dataclasses import dataclass
from pathlib import Path

from data.embedded.address import Engine
from data.embedded.errors import EngineStartError


@dataclass(frozen=True, slots=True)
class HomePaths:
    """The layout of a home: a directory per engine, and `run/`, `logs/`, `secrets/`."""

    home: Path

    @property
    def run(self) -> Path:
        """What matters while processes live: the state, locks, users."""
        return self.home / "run"

    @property
    def users(self) -> Path:
        """One locked file per user."""
        return self.run / "users"

    @property
    def state_file(self) -> Path:
        """See `state`."""
        return self.run / "engines.json"

    @property
    def keeper_lock(self) -> Path:
        """Held by the keeper for as long as it lives."""
        return self.run / "keeper.lock"

    @property
    def gate_lock(self) -> Path:
        """Held for the moment in which a user sits down or the keeper decides that nobody is left."""
        return self.run / "gate.lock"

    @property
    def wake_pipe(self) -> Path:
        """Users write to it, the keeper reads."""
        return self.run / "wake"

    @property
    def keeper_log(self) -> Path:
        """What the keeper did, and why."""
        return self.home / "logs" / "keeper.log"

    @property
    def credentials(self) -> Path:
        """See `credentials`."""
        return self.home / "secrets" / "engines.json"

    @property
    def graph_password(self) -> Path:
        """The graph's password, as its server reads it."""
        return self.home / "secrets" / "graph.password"

    @property
    def clickhouse(self) -> Path:
        """The directory of chdb."""
        return self.home / "clickhouse"

    @property
    def clickhouse_lock(self) -> Path:
        """Held by the process that has chdb open."""
        return self.run / "clickhouse.lock"

    def data(self, engine: Engine) -> Path:
        """The engine's data, and the working directory of its process."""
        return self.home / engine.value

    def log(self, engine: Engine) -> Path:
        """What the engine itself says."""
        return self.home / "logs" / f"{engine.value}.log"

    def create(self) -> None:
        """Make the directories, readable by their owner alone.

        Raises EngineStartError when the home cannot be written to.
        """
        try:
            for directory in (self.home, self.run, self.users, self.home / "logs", self.home / "secrets"):
                directory.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as error:
            raise EngineStartError(f"cannot create {error.filename}: {error.strerror}; {_ADVICE}") from error
        if not os.access(self.run, os.W_OK | os.X_OK):
            raise EngineStartError(f"{self.run} belongs to another user; {_ADVICE}")


_ADVICE = "set NIVESH_HOME to a directory that this user can write to"


def home_paths(home: Path) -> HomePaths:
    """The layout under `home`, which may be relative, begin with ~ or be a link: all must agree on one spelling."""
    return HomePaths(home.expanduser().resolve())
