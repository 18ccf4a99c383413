"""The consumers that erase a person, each for one context."""

from __future__ import annotations

from agents.runs.log import LogEntry
from api.protocols.openai_threads import ChatThreads
from api.run_traces import StoredRunTraces
from api.stores import Stores
from data.flags import RedisFlags
from data.stream_log import RedisStreamLog
from services.conversation.application.use_cases import ConversationUseCases
from services.conversation.infrastructure import erasure as conversation
from services.financial.infrastructure import erasure as financial
from services.goals.infrastructure import erasure as goals
from services.knowledge_graph.infrastructure import erasure as graph
from services.shared.application.event_record import EventHandler
from services.shared.infrastructure.erasure import ErasureConsumer, build_shared_erasure
from services.user.application.use_cases import UserUseCases
from services.user.infrastructure.consumers import UserErasure

RUN_CANCELS = "run-cancel"
"""The prefix of the flags by which a run is asked to stop."""


def all_erasers(stores: Stores, users: UserUseCases, conversations: ConversationUseCases) -> list[EventHandler]:
    """Every context's, for a process that delivers to all of them."""
    return [
        *user_erasers(stores, users),
        financial_eraser(stores),
        goals_eraser(stores),
        graph_eraser(stores),
        *conversation_erasers(stores, conversations),
    ]


def user_erasers(stores: Stores, users: UserUseCases) -> list[EventHandler]:
    """The user context's, and the one of what belongs to no context."""
    return [UserErasure(users.erasure.forget), build_shared_erasure(stores.postgres)]


def financial_eraser(stores: Stores) -> EventHandler:
    """The financial context's."""
    return financial.build_erasure(stores.postgres)


def goals_eraser(stores: Stores) -> EventHandler:
    """The goals context's."""
    return goals.build_erasure(stores.postgres)


def graph_eraser(stores: Stores) -> EventHandler:
    """The knowledge graph's."""
    return graph.build_erasure(stores.graph, stores.postgres)


def conversation_erasers(stores: Stores, conversations: ConversationUseCases) -> list[EventHandler]:
    """The conversation context's, with what the agent keeps of runs, and the one of what OpenAI's clients had said."""
    cancels = RedisFlags(stores.redis, prefix=RUN_CANCELS)
    traces = StoredRunTraces(stores.postgres, RedisStreamLog(stores.redis, LogEntry), cancels)
    return [
        conversation.build_erasure(stores.postgres, stores.mongo, traces, conversations.cancel_run),
        ErasureConsumer("openai", ChatThreads(stores.redis).forget),
    ]
