"""Which engines there are, and where one listens."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Engine(StrEnum):
    """A store that can be booted from a wheel. The value names its directory, its log and its record."""

    POSTGRES = "postgres"
    MONGO = "mongo"
    REDIS = "redis"
    GRAPH = "graph"


URL_SETTINGS: Mapping[Engine, str] = {
    Engine.POSTGRES: "NIVESH_POSTGRES_URL",
    Engine.MONGO: "NIVESH_MONGO_URL",
    Engine.REDIS: "NIVESH_REDIS_URL",
    Engine.GRAPH: "NIVESH_NEO4J_URL",
}
"""The setting that replaces an engine by a server."""


@dataclass(frozen=True, slots=True, repr=False)
class EngineAddress:
    """A live engine on loopback.

    `url` carries the credentials where the scheme's drivers read them from a URL (postgresql, mongodb, redis); a bolt
    URL has none, its driver takes `username` and `password`. The port stays the same when the engine is restarted.
    """

    url: str
    username: str | None = None
    password: str | None = None

    def __repr__(self) -> str:
        shown = self.url.replace(self.password, "***") if self.password else self.url
        return f"EngineAddress(url={shown!r}, username={self.username!r})"
