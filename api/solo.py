"""One bounded context as a service of its own: only its stores, routes, consumers and health checks.

Services share the signing keys (one secret, or one home), PostgreSQL and Redis: an access token of the user service is
checked by each of them, session included. They exchange events over Kafka; without it `nivesh worker` delivers them.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Coroutine, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from typing import Any, Final

import structlog
from fastapi import APIRouter, FastAPI

from api.app import assemble, conversation_routers
from api.background import background
from api.bootstrap import (
    conversations_of,
    finance_of,
    goals_of,
    key_ring,
    ledger_of,
    open_engine,
    restatements,
    users_of,
)
from api.contexts import STORES, Context
from api.dependencies import (
    CurrentUser,
    TokenVerifier,
    build_verifier,
    guarded,
    require_scope,
)
from api.erasing import conversation_erasers, financial_eraser, goals_eraser, graph_eraser, user_erasers
from api.middleware.admission import Admit
from api.settings import Settings, Workers
from api.stores import Stores, open_stores
from api.workers.events import KAFKA_GROUP, exchange_over_kafka
from api.workers.goals import check_goals_daily
from api.workers.housekeeping import keep_house
from data.migrations.upgrade import upgrade
from services.conversation.infrastructure import wiring as conversation_wiring
from services.financial.application.use_cases import FinancialUseCases
from services.financial.infrastructure import wiring as financial_wiring
from services.financial.presentation import router as financial_routes
from services.goals.infrastructure import wiring as goals_wiring
from services.goals.presentation import router as goals_routes
from services.knowledge_graph.infrastructure import wiring as graph_wiring
from services.knowledge_graph.presentation import router as graph_routes
from services.shared.application.event_record import EventHandler
from services.shared.domain.clock import Clock, SystemClock
from services.shared.infrastructure.effect_ledger import PostgresEffectLedger
from services.user.application.use_cases import UserUseCases
from services.user.infrastructure.signing_key import KeyRing
from services.user.presentation import router as user_routes
from services.user.presentation.api_key_routes import build_api_key_router
from services.user.presentation.erasure_routes import build_erasure_router
from tools.catalogue import all_tools
from tools.gateway import ToolGateway

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class _Ground:
    """What every service stands on."""

    settings: Settings
    stores: Stores
    clock: Clock
    keys: KeyRing
    users: UserUseCases
    ledger: PostgresEffectLedger
    verifier: TokenVerifier
    current_user: CurrentUser

    def caller(self, area: str) -> CurrentUser:
        return guarded(self.current_user, area)

    def finance(self) -> FinancialUseCases:
        return finance_of(self.settings, self.stores, self.keys, self.clock)


@dataclass(frozen=True, slots=True)
class _Service:
    """What one context adds."""

    routers: Sequence[APIRouter]
    handlers: Sequence[EventHandler] = ()
    work: Sequence[Coroutine[Any, Any, None]] = ()
    admit: Admit | None = None


@asynccontextmanager
async def open_service(settings: Settings, context: Context) -> AsyncIterator[FastAPI]:
    """The app of one context, ready to be served; its stores and work are closed at the end."""
    clock = SystemClock()
    async with AsyncExitStack() as stack:
        stores = await stack.enter_async_context(open_stores(settings, STORES[context]))
        await upgrade(stores.postgres)
        keys = key_ring(settings)
        users = users_of(settings, stores, keys, clock)
        verifier = build_verifier(users.verify_access_token, users.api_keys.verify)
        ledger = ledger_of(stores, keys)
        ground = _Ground(settings, stores, clock, keys, users, ledger, verifier, CurrentUser(verifier))
        service = await stack.enter_async_context(_OPENERS[context](ground))
        work = [keep_house(effects=ledger.forget_old), *service.work]
        if settings.kafka_bootstrap and settings.workers is Workers.INLINE:
            group = f"{KAFKA_GROUP}.{context}"
            work.append(exchange_over_kafka(settings, stores, service.handlers, group=group))
        if not settings.kafka_bootstrap:
            log.warning("service.events_wait", context=context.value, delivered_by="nivesh worker, or Kafka")
        await stack.enter_async_context(background(*work))
        yield assemble(settings, stores, ledger, verifier, service.routers, service.admit)


@asynccontextmanager
async def _user(ground: _Ground) -> AsyncIterator[_Service]:
    profile = user_routes.build_routers(ground.users, ground.caller("profile"))
    users, keys = ground.users, ground.caller("keys")
    routers = [*profile, build_api_key_router(users.api_keys, keys), build_erasure_router(users.erasure, keys)]
    yield _Service(routers, user_erasers(ground.stores, users), [keep_house(erasures=users.erasure.settle)])


@asynccontextmanager
async def _financial(ground: _Ground) -> AsyncIterator[_Service]:
    finance = ground.finance()
    routes = financial_routes.build_routers(finance, ground.caller("finance"))
    yield _Service(routes, [*financial_wiring.build_handlers(finance), financial_eraser(ground.stores)])


@asynccontextmanager
async def _goals(ground: _Ground) -> AsyncIterator[_Service]:
    finance = ground.finance()
    goals = goals_of(ground.stores, finance, ground.clock)
    routes = goals_routes.build_router(goals, ground.caller("goals"))
    work = [check_goals_daily(goals.check_all_goals, ground.clock)]
    yield _Service([routes], [*goals_wiring.build_handlers(goals), goals_eraser(ground.stores)], work)


@asynccontextmanager
async def _knowledge_graph(ground: _Ground) -> AsyncIterator[_Service]:
    stores = ground.stores
    await graph_wiring.prepare_stores(stores.graph)
    graph = graph_wiring.build_use_cases(stores.graph, stores.postgres, ground.clock, restatements(stores))
    query_user = require_scope(ground.current_user, "graph:query")
    routes = graph_routes.build_router(graph, ground.caller("graph"), query_user)
    similarity = graph_wiring.build_similarity(stores.graph, stores.postgres)
    handlers = [graph_wiring.build_projection(stores.graph), similarity, graph_eraser(stores)]
    yield _Service([routes], handlers, [similarity.run()])


@asynccontextmanager
async def _conversation(ground: _Ground) -> AsyncIterator[_Service]:
    """With the agent, whose tools reach the other contexts' records; those of the graph are left out."""
    stores, clock = ground.stores, ground.clock
    await conversation_wiring.prepare_stores(stores.mongo)
    conversations = conversations_of(ground.settings, stores, ground.keys, clock)
    finance = ground.finance()
    goals = goals_of(stores, finance, clock)
    tools = all_tools(users=ground.users, finance=finance, goals=goals, memory=conversations.memory)
    gateway = ToolGateway(tools, ground.ledger)
    async with open_engine(ground.settings, stores, ground.keys, conversations, gateway, clock) as engine:
        routers = conversation_routers(engine, conversations, ground.caller, ground.verifier)
        work = [
            conversation_wiring.build_dispatcher(stores.postgres, conversations).run(),
            keep_house(deliveries=conversations.webhooks.forget_deliveries),
        ]
        handlers = [*conversation_wiring.build_handlers(conversations), *conversation_erasers(stores, conversations)]
        yield _Service(routers, handlers, work, engine.admit)


_OPENERS: Final = {
    Context.USER: _user,
    Context.FINANCIAL: _financial,
    Context.GOALS: _goals,
    Context.KNOWLEDGE_GRAPH: _knowledge_graph,
    Context.CONVERSATION: _conversation,
}
