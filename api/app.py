"""The HTTP face of the program."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib.metadata import version

from fastapi import APIRouter, FastAPI
from prometheus_client import CollectorRegistry, PlatformCollector, ProcessCollector
from starlette.routing import Route

from agents.runs.engine import RunEngine
from api import problems
from api.approvals import build_approvals_router
from api.bootstrap import Application
from api.chat import build_chat_router
from api.dependencies import (
    CurrentUser,
    TokenVerifier,
    build_identify,
    build_verifier,
    guarded,
    require_scope,
)
from api.export_route import build_export_router
from api.health import build_health_router
from api.metrics import HttpMetrics
from api.middleware.admission import Admit
from api.middleware.redis_rate_limiter import RedisRateLimiter
from api.middleware.stack import install_middleware
from api.protocols.ag_ui import build_ag_ui_router
from api.protocols.ai_sdk import build_ai_sdk_router
from api.protocols.openai_api import build_openai_router
from api.protocols.openai_threads import ChatThreads
from api.protocols.turns import Turns
from api.runs import build_runs_router
from api.settings import Environment, Settings
from api.socket.route import build_socket_router
from api.stores import Stores
from api.tool_routes import build_tools_router
from services.conversation.application.use_cases import ConversationUseCases
from services.conversation.presentation import router as conversation_routes
from services.conversation.presentation.feedback.router import build_router as build_feedback_router
from services.conversation.presentation.memory.router import build_router as build_memory_router
from services.conversation.presentation.usage.router import build_router as build_usage_router
from services.conversation.presentation.webhooks.router import build_router as build_webhooks_router
from services.financial.presentation import router as financial_routes
from services.goals.presentation import router as goals_routes
from services.knowledge_graph.presentation import router as graph_routes
from services.shared.application.effect_ledger import EffectLedger
from services.user.presentation import router as user_routes
from services.user.presentation.api_key_routes import build_api_key_router
from services.user.presentation.erasure_routes import build_erasure_router

_DESCRIPTION = """A money assistant for India: ask in chat, get figures that a tool computed, verified and cited.

Register, open accounts, import bank statements, then ask. Errors are RFC 9457 problems that say what to do.

Send an `Idempotency-Key` (a UUID of your own) with any request that changes something. Repeated with the same body
within seven days it changes nothing and gets the first response again, with `Idempotency-Replayed: true`; with another
body it is refused with 422, and with 409 while the first is still being worked on."""


def build_app(application: Application) -> FastAPI:
    """Every route over an open application."""
    app = assemble(
        application.settings,
        application.stores,
        application.ledger,
        _verifier(application),
        _routers(application),
        application.engine.admit,
    )
    app.include_router(_openai(application), prefix="/openai/v1")
    app.router.routes.append(Route("/mcp", application.mcp, methods=["GET", "POST", "DELETE"]))
    return app


def assemble(
    settings: Settings,
    stores: Stores,
    ledger: EffectLedger,
    verifier: TokenVerifier,
    routers: Sequence[APIRouter],
    admit: Admit | None = None,
) -> FastAPI:
    """The routers under `/api/v1` behind the middleware, beside health checks and metrics. `admit` lets in questions.

    Routers are tried in their order, and all of them lie side by side: each level of one in another would be searched
    anew for every request.
    """
    app = FastAPI(title="Nivesh", version=version("nivesh"), description=_DESCRIPTION)
    problems.install(app)
    registry = CollectorRegistry()
    ProcessCollector(registry=registry)
    PlatformCollector(registry=registry)
    limit = settings.rate_limit_per_minute
    install_middleware(
        app,
        metrics=HttpMetrics(registry),
        limiter=RedisRateLimiter(stores.redis, limit=limit) if limit else None,
        ledger=ledger,
        identify=build_identify(verifier),
        admit=admit,
        cors_origins=settings.cors_origins,
        hsts=True if settings.environment is Environment.PRODUCTION else None,
    )
    app.include_router(build_health_router(stores, registry))
    for router in routers:
        app.include_router(router, prefix="/api/v1")
    return app


def _routers(application: Application) -> list[APIRouter]:
    """Every area's, those that most requests are for first."""
    current_user = CurrentUser(_verifier(application))

    def caller(area: str) -> CurrentUser:
        return guarded(current_user, area)

    conversations, engine = application.conversations, application.engine
    query_user = require_scope(current_user, "graph:query")
    return [
        *conversation_routers(engine, conversations, caller, _verifier(application)),
        build_tools_router(application.gateway, application.calls, current_user),
        *user_routes.build_routers(application.users, caller("profile")),
        build_api_key_router(application.users.api_keys, caller("keys")),
        build_erasure_router(application.users.erasure, caller("keys")),
        build_export_router(application.export_person, caller("keys")),
        *financial_routes.build_routers(application.finance, caller("finance")),
        goals_routes.build_router(application.goals, caller("goals")),
        graph_routes.build_router(application.graph, caller("graph"), query_user),
    ]


def conversation_routers(
    engine: RunEngine,
    conversations: ConversationUseCases,
    caller: Callable[[str], CurrentUser],
    verifier: TokenVerifier,
) -> list[APIRouter]:
    """Conversations, turns in every protocol under the API's prefix, and what turns leave behind."""
    turns, chat = Turns(engine, conversations), caller("chat")
    return [
        build_chat_router(engine, conversations, chat),
        conversation_routes.build_router(conversations, chat),
        build_runs_router(engine, conversations, chat),
        build_feedback_router(conversations.feedback, chat),
        build_memory_router(conversations.memory, chat),
        build_usage_router(conversations.get_usage, chat),
        build_webhooks_router(conversations.webhooks, caller("webhooks")),
        build_approvals_router(engine, conversations.approvals, caller("approvals")),
        build_socket_router(engine, conversations, verifier),
        build_ai_sdk_router(turns, chat),
        build_ag_ui_router(turns, chat),
    ]


def _openai(application: Application) -> APIRouter:
    caller = guarded(CurrentUser(_verifier(application)), "chat")
    turns = Turns(application.engine, application.conversations)
    return build_openai_router(turns, ChatThreads(application.stores.redis), caller)


def _verifier(application: Application) -> TokenVerifier:
    return build_verifier(application.users.verify_access_token, application.users.api_keys.verify)
