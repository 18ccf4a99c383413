"""Where everything lives under the home directory."""

import os
from dataclasses import dataclass
from pathlib import Path

from data.embedded.address import Engine
from data.embedded.errors import EngineStartError


@dataclass(frozen=True, slots=True)
class HomePaths:
    """The layout of a home: one directory per engine, `run/` for what only matters while processes live, `logs/`, `secrets/`."""

    home: Path

    @property
    def run(self) -> Path:
        return self.home / "run"

    @property
    def users(self) -> Path:
        return self.run / "users"

    @property
    def state_file(self) -> Path:
        return self.run / "engines.json"

    @property
    def keeper_lock(self) -> Path:
        return self.run / "keeper.lock"

    @property
    def gate_lock(self) -> Path:
        """Held for the moment in which a user sits down or the keeper decides that nobody is left."""
        return self.run / "gate.lock"

    @property
    def wake_pipe(self) -> Path:
        return self.run / "wake"

    @property
    def keeper_log(self) -> Path:
        return self.home / "logs" / "keeper.log"

    @property
    def credentials(self) -> Path:
        return self.home / "secrets" / "engines.json"

    @property
    def graph_password(self) -> Path:
        return self.home / "secrets" / "graph.password"

    @property
    def clickhouse(self) -> Path:
        return self.home / "clickhouse"

    @property
    def clickhouse_lock(self) -> Path:
        return self.run / "clickhouse.lock"

    def data(self, engine: Engine) -> Path:
        return self.home / engine.value

    def log(self, engine: Engine) -> Path:
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
    """The layout under `home`, which may be relative, start with ~ or be a link: processes must agree on one spelling."""
    return HomePaths(home.expanduser().resolve())
