"""Puts the program together: the only module that names adapters."""

from __future__ import annotations

import asyncio
import os
import secrets
import socket
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass

from agents.runs.engine import RunEngine
from agents.runs.log import LogEntry
from agents.runs.parts import EngineParts, EngineSettings
from agents.runs.writer import RunLogWriter
from api.account_balances import FinanceAccountBalances
from api.background import background
from api.collection import collect_early
from api.dependencies import build_verifier
from api.erasing import RUN_CANCELS, all_erasers
from api.exporting import ExportPerson
from api.late_graph import LateGraph
from api.models import limits_of, open_models, quota_of
from api.protocols.mcp_endpoint import McpEndpoint
from api.protocols.program_calls import ProgramCalls
from api.protocols.turns import Turns
from api.settings import Environment, Settings, Workers, secret
from api.store_failures import is_outage
from api.stores import Stores, open_stores
from api.workers.events import deliver_events
from api.workers.goals import check_goals_daily
from api.workers.housekeeping import keep_house
from data.flags import RedisFlags
from data.leases import RedisLeases
from data.migrations.upgrade import upgrade
from data.stream_log import RedisStreamLog
from prompts.library import load_prompt
from services.conversation.application.use_cases import ConversationUseCases
from services.conversation.infrastructure import wiring as conversation_wiring
from services.conversation.infrastructure.webhooks.wiring import WebhookSettings
from services.financial.application.use_cases import FinancialUseCases
from services.financial.infrastructure import wiring as financial_wiring
from services.financial.infrastructure.fi_mcp.wiring import FiSettings
from services.goals.application.use_cases import GoalsUseCases
from services.goals.infrastructure import wiring as goals_wiring
from services.knowledge_graph.application.use_cases import KnowledgeGraphUseCases
from services.knowledge_graph.infrastructure import wiring as graph_wiring
from services.shared.application.effect_ledger import EffectLedger
from services.shared.application.event_record import EventHandler
from services.shared.application.restatement import Restatement
from services.shared.domain.clock import Clock, SystemClock
from services.shared.infrastructure.effect_ledger import PostgresEffectLedger
from services.shared.infrastructure.secret_cipher import SecretCipher
from services.user.application.use_cases import UserUseCases
from services.user.infrastructure import wiring as user_wiring
from services.user.infrastructure.directory_key_ring import DirectoryKeyRing
from services.user.infrastructure.signing_key import FixedKeyRing, KeyRing, SigningKey
from tools.catalogue import all_tools
from tools.gateway import ToolGateway


@dataclass(frozen=True, slots=True, kw_only=True)
class Application:
    """Everything the faces of the program (HTTP, command line) work with."""

    settings: Settings
    stores: Stores
    users: UserUseCases
    finance: FinancialUseCases
    goals: GoalsUseCases
    graph: KnowledgeGraphUseCases
    conversations: ConversationUseCases
    gateway: ToolGateway
    engine: RunEngine
    ledger: EffectLedger
    calls: ProgramCalls
    mcp: McpEndpoint
    export_person: ExportPerson


@asynccontextmanager
async def open_application(settings: Settings, clock: Clock | None = None) -> AsyncIterator[Application]:
    """Boot or connect the stores, wire every context, start the background work; close all of it in reverse."""
    clock = clock or SystemClock()
    async with AsyncExitStack() as stack:
        stores = await stack.enter_async_context(open_stores(settings))
        await _prepare(stores)
        keys = key_ring(settings)
        users = users_of(settings, stores, keys, clock)
        finance = finance_of(settings, stores, keys, clock)
        goals = goals_of(stores, finance, clock)
        conversations = conversations_of(settings, stores, keys, clock)
        if settings.workers is Workers.INLINE:
            await stack.enter_async_context(_delivery(settings, stores, users, conversations, finance, goals, clock))
        ledger = ledger_of(stores, keys)
        await stack.enter_async_context(
            background(
                keep_house(
                    effects=ledger.forget_old,
                    deliveries=conversations.webhooks.forget_deliveries,
                    erasures=users.erasure.settle,
                )
            )
        )
        graph = graph_wiring.build_use_cases(stores.graph, stores.postgres, clock, restatements(stores))
        tools = all_tools(users=users, finance=finance, goals=goals, graph=graph, memory=conversations.memory)
        gateway = ToolGateway(tools, ledger)
        engine = await stack.enter_async_context(open_engine(settings, stores, keys, conversations, gateway, clock))
        calls = ProgramCalls(gateway, Turns(engine, conversations))
        yield Application(
            settings=settings,
            stores=stores,
            users=users,
            finance=finance,
            goals=goals,
            graph=graph,
            conversations=conversations,
            gateway=gateway,
            engine=engine,
            ledger=ledger,
            calls=calls,
            mcp=await stack.enter_async_context(_mcp(settings, users, gateway, calls).running()),
            export_person=ExportPerson(stores, clock),
        )


@asynccontextmanager
async def _delivery(
    settings: Settings,
    stores: Stores,
    users: UserUseCases,
    conversations: ConversationUseCases,
    finance: FinancialUseCases,
    goals: GoalsUseCases,
    clock: Clock,
) -> AsyncIterator[None]:
    """Deliver events to every context's consumers meanwhile, and do what follows from them and from time."""
    similarity = graph_wiring.build_similarity(stores.graph, stores.postgres)
    handlers: list[EventHandler] = [
        *conversation_wiring.build_handlers(conversations),
        *financial_wiring.build_handlers(finance),
        graph_wiring.build_projection(stores.graph),
        similarity,
        *goals_wiring.build_handlers(goals),
        *all_erasers(stores, users, conversations),
    ]
    work = (
        deliver_events(settings, stores, handlers),
        check_goals_daily(goals.check_all_goals, clock),
        similarity.run(),
        conversation_wiring.build_dispatcher(stores.postgres, conversations).run(),
    )
    async with background(*work):
        yield


def restatements(stores: Stores) -> list[Restatement]:
    """Every context's records as events, those that others build upon first."""
    return [
        user_wiring.build_restatement(stores.postgres),
        financial_wiring.build_restatement(stores.postgres),
        goals_wiring.build_restatement(stores.postgres),
    ]


async def _prepare(stores: Stores) -> None:
    """Bring every store's schema up to date, all of them at once."""
    await asyncio.gather(
        upgrade(stores.postgres),
        conversation_wiring.prepare_stores(stores.mongo),
        graph_wiring.prepare_stores(stores.graph),
    )


@asynccontextmanager
async def open_worker(settings: Settings) -> AsyncIterator[None]:
    """Only the delivery of events and what follows from the passing of time, for a process of its own."""
    clock = SystemClock()
    async with open_stores(settings) as stores:
        keys = key_ring(settings)
        users = users_of(settings, stores, keys, clock)
        conversations = conversations_of(settings, stores, keys, clock)
        finance = financial_wiring.build_use_cases(stores.postgres, clock, redis=stores.redis)
        goals = goals_of(stores, finance, clock)
        await _prepare(stores)
        async with _delivery(settings, stores, users, conversations, finance, goals, clock):
            yield


@asynccontextmanager
async def open_engine(
    settings: Settings,
    stores: Stores,
    keys: KeyRing,
    conversations: ConversationUseCases,
    gateway: ToolGateway,
    clock: Clock,
) -> AsyncIterator[RunEngine]:
    """What runs turns, with its model, checkpoints and log."""
    # Containers that share their host's name may all be process 1.
    owner = f"{socket.gethostname()}:{os.getpid()}:{secrets.token_hex(4)}"
    sealing = {key.kid: key.derive(b"nivesh checkpoint encryption") for key in keys.all()}
    writer = RunLogWriter(RedisStreamLog(stores.redis, LogEntry), collect_early)
    async with (
        LateGraph(stores.postgres_url, sealing) as graph,
        open_models(settings, writer.before_writing) as models,
        background(writer.run()),
    ):
        parts = EngineParts(
            conversations=conversations,
            graph=graph,
            writer=writer,
            leases=RedisLeases(stores.redis, owner=owner, prefix="run-lease"),
            cancels=RedisFlags(stores.redis, prefix=RUN_CANCELS),
            gateway=gateway,
            model=models.usual,
            offered=models.offered,
            limits=limits_of(settings),
            prompt=load_prompt("answer"),
            clock=clock,
            is_outage=is_outage,
        )
        engine = RunEngine(parts, EngineSettings(owner=owner, deadline_s=settings.turn_deadline_s))
        async with background(engine.run_forever()):
            try:
                yield engine
            finally:
                await engine.close()


def _mcp(settings: Settings, users: UserUseCases, gateway: ToolGateway, calls: ProgramCalls) -> McpEndpoint:
    verifier = build_verifier(users.verify_access_token, users.api_keys.verify)
    return McpEndpoint(gateway, calls, verifier, settings.cors_origins)


def _fi(settings: Settings, keys: KeyRing) -> FiSettings:
    return FiSettings(settings.fi_mcp_url, {key.kid: key.derive(b"nivesh fi sessions") for key in keys.all()})


def key_ring(settings: Settings) -> KeyRing:
    """The configured secret, or the keys of this home."""
    configured = secret(settings.signing_secret)
    return (
        FixedKeyRing([SigningKey.from_secret(configured)]) if configured else DirectoryKeyRing(settings.keys_directory)
    )


def finance_of(settings: Settings, stores: Stores, keys: KeyRing, clock: Clock) -> FinancialUseCases:
    """The financial context."""
    return financial_wiring.build_use_cases(stores.postgres, clock, fi=_fi(settings, keys), redis=stores.redis)


def ledger_of(stores: Stores, keys: KeyRing) -> PostgresEffectLedger:
    """What has been done once already; its results are sealed, as some of them tell secrets."""
    sealing = {key.kid: key.derive(b"nivesh kept results") for key in keys.all()}
    return PostgresEffectLedger(stores.postgres, SecretCipher(sealing))


def goals_of(stores: Stores, finance: FinancialUseCases, clock: Clock) -> GoalsUseCases:
    """The goals context, which asks the financial one for balances of linked accounts."""
    return goals_wiring.build_use_cases(stores.postgres, clock, FinanceAccountBalances(finance.list_accounts))


def conversations_of(settings: Settings, stores: Stores, keys: KeyRing, clock: Clock) -> ConversationUseCases:
    """The conversation context."""
    sealing = {key.kid: key.derive(b"nivesh webhook secrets") for key in keys.all()}
    webhooks = WebhookSettings(settings.webhooks_to_loopback, sealing)
    return conversation_wiring.build_use_cases(stores.postgres, stores.mongo, clock, quota_of(settings), webhooks)


def users_of(settings: Settings, stores: Stores, keys: KeyRing, clock: Clock) -> UserUseCases:
    """The user context."""
    return user_wiring.build_use_cases(
        stores.postgres,
        stores.redis,
        keys,
        clock,
        firebase_project=settings.firebase_project,
        development=settings.environment is Environment.DEVELOPMENT,
    )
