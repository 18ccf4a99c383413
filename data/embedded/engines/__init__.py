"""How each engine is prepared, launched, asked and stopped."""

from collections.abc import Callable, Mapping

from data.embedded.address import Engine
from data.embedded.credentials import Credentials
from data.embedded.engines.blueprint import Blueprint
from data.embedded.engines.graph import GraphBlueprint
from data.embedded.engines.mongo import MongoBlueprint
from data.embedded.engines.postgres import PostgresBlueprint
from data.embedded.engines.valkey import ValkeyBlueprint
from data.embedded.paths import HomePaths

BLUEPRINTS: Mapping[Engine, Callable[[HomePaths, Credentials], Blueprint]] = {
    Engine.POSTGRES: PostgresBlueprint,
    Engine.MONGO: MongoBlueprint,
    Engine.REDIS: ValkeyBlueprint,
    Engine.GRAPH: GraphBlueprint,
}

__all__ = ["BLUEPRINTS", "Blueprint"]
