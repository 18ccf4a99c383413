"""The bounded contexts, and which stores each needs when it is served alone."""

from enum import StrEnum
from typing import Final

from data.embedded import Engine


class Context(StrEnum):
    """The contexts that can be served alone."""

    USER = "user"
    FINANCIAL = "financial"
    GOALS = "goals"
    KNOWLEDGE_GRAPH = "knowledge_graph"
    CONVERSATION = "conversation"


_BASE: Final = frozenset({Engine.POSTGRES, Engine.REDIS})
STORES: Final = {
    Context.USER: _BASE,
    Context.FINANCIAL: _BASE,
    Context.GOALS: _BASE,
    Context.KNOWLEDGE_GRAPH: _BASE | {Engine.GRAPH},
    Context.CONVERSATION: _BASE | {Engine.MONGO},
}
