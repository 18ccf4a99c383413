"""Names the adapters of the conversation context."""

from pymongo.asynchronous.database import AsyncDatabase
from sqlalchemy.ext.asyncio import AsyncEngine

from services.conversation.application.accept_turn import AcceptTurn
from services.conversation.application.cancel_run import CancelRun
from services.conversation.application.complete_turn import CompleteTurn
from services.conversation.application.delete_conversation import DeleteConversation
from services.conversation.application.erase_chat_log import EraseChatLog
from services.conversation.application.fail_run import FailRun
from services.conversation.application.find_active_run import FindActiveRun
from services.conversation.application.find_unlogged_turns import FindUnloggedTurns
from services.conversation.application.get_conversation import GetConversation
from services.conversation.application.get_history import GetHistory
from services.conversation.application.get_run import GetRun
from services.conversation.application.list_conversations import ListConversations
from services.conversation.application.list_ready_runs import ListReadyRuns
from services.conversation.application.list_runs import ListRuns
from services.conversation.application.list_unfinished_runs import ListUnfinishedRuns
from services.conversation.application.record_turn_in_chat_log import RecordTurnInChatLog
from services.conversation.application.rename_conversation import RenameConversation
from services.conversation.application.resolve_conversation import ResolveConversation
from services.conversation.application.start_conversation import StartConversation
from services.conversation.application.start_run import StartRun
from services.conversation.application.usage.get_usage import GetUsage
from services.conversation.application.usage.require_allowance import RequireAllowance
from services.conversation.application.use_cases import ConversationUseCases
from services.conversation.application.wait_run import WaitRun
from services.conversation.domain.usage.usage import Quota
from services.conversation.infrastructure.approvals.wiring import build_approvals
from services.conversation.infrastructure.branches.postgres_branches import PostgresBranchReader
from services.conversation.infrastructure.branches.wiring import build_branches
from services.conversation.infrastructure.feedback.wiring import build_feedback
from services.conversation.infrastructure.memory.wiring import build_memory
from services.conversation.infrastructure.mongo_chat_log import Document, MongoChatLog
from services.conversation.infrastructure.postgres_conversations import PostgresConversationReader
from services.conversation.infrastructure.postgres_runs import PostgresRunReader
from services.conversation.infrastructure.postgres_turns import PostgresTurnStore
from services.conversation.infrastructure.postgres_unit_of_work import PostgresConversationUnitOfWork
from services.conversation.infrastructure.projections import ChatLogProjection
from services.conversation.infrastructure.usage.postgres_usage import PostgresUsageReader
from services.conversation.infrastructure.webhooks.consumer import WebhookProjection
from services.conversation.infrastructure.webhooks.dispatcher import WebhookDispatcher
from services.conversation.infrastructure.webhooks.wiring import WebhookSettings, build_webhooks
from services.shared.application.event_record import EventHandler
from services.shared.domain.clock import Clock, SystemClock


def build_use_cases(
    engine: AsyncEngine,
    mongo: AsyncDatabase[Document],
    clock: Clock | None = None,
    quota: Quota | None = None,
    webhooks: WebhookSettings | None = None,
) -> ConversationUseCases:
    """The context on PostgreSQL and MongoDB; without a quota everybody may ask as much as they like."""
    clock = clock or SystemClock()
    quota, usage = quota or Quota(), PostgresUsageReader(engine)
    chat_log = MongoChatLog(mongo)
    conversations, runs = PostgresConversationReader(engine), PostgresRunReader(engine)
    branches, turns = PostgresBranchReader(engine), PostgresTurnStore(engine)

    def unit_of_work() -> PostgresConversationUnitOfWork:
        return PostgresConversationUnitOfWork(engine)

    return ConversationUseCases(
        start_conversation=StartConversation(unit_of_work, clock),
        list_conversations=ListConversations(conversations),
        get_conversation=GetConversation(conversations, branches, chat_log),
        rename_conversation=RenameConversation(unit_of_work),
        delete_conversation=DeleteConversation(unit_of_work, chat_log, clock),
        accept_turn=AcceptTurn(unit_of_work, turns, clock, RequireAllowance(usage, quota, clock)),
        start_run=StartRun(unit_of_work, clock),
        wait_run=WaitRun(unit_of_work),
        complete_turn=CompleteTurn(turns, runs, clock),
        fail_run=FailRun(unit_of_work, branches, clock),
        cancel_run=CancelRun(unit_of_work, clock),
        record_turn_in_chat_log=RecordTurnInChatLog(runs, conversations, chat_log),
        find_unlogged_turns=FindUnloggedTurns(conversations, chat_log),
        erase_chat_log=EraseChatLog(conversations, chat_log),
        get_run=GetRun(runs),
        find_active_run=FindActiveRun(runs),
        resolve_conversation=ResolveConversation(conversations),
        get_history=GetHistory(branches),
        list_runs=ListRuns(runs),
        list_unfinished_runs=ListUnfinishedRuns(runs),
        list_ready_runs=ListReadyRuns(runs, clock),
        branches=build_branches(conversations, runs, branches, unit_of_work),
        approvals=build_approvals(engine, unit_of_work, clock),
        memory=build_memory(engine, unit_of_work, clock),
        feedback=build_feedback(engine, unit_of_work, clock),
        webhooks=build_webhooks(engine, webhooks or WebhookSettings(), clock),
        get_usage=GetUsage(usage, quota, clock),
    )


def build_handlers(use_cases: ConversationUseCases) -> list[EventHandler]:
    """The context's consumers of events."""
    return [
        ChatLogProjection(use_cases.record_turn_in_chat_log, use_cases.erase_chat_log, use_cases.find_unlogged_turns),
        WebhookProjection(use_cases.webhooks.announce, use_cases.webhooks.find_listeners),
    ]


def build_dispatcher(engine: AsyncEngine, use_cases: ConversationUseCases) -> WebhookDispatcher:
    """What sends to webhooks meanwhile."""
    return WebhookDispatcher(engine, use_cases.webhooks)


async def prepare_stores(mongo: AsyncDatabase[Document]) -> None:
    """Make the indexes that the context needs; at every start, harmless when they are there."""
    await MongoChatLog(mongo).create_indexes()
