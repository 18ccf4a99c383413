"""Everything the conversation context can do, ready to be called."""

from dataclasses import dataclass

from services.conversation.application.accept_turn import AcceptTurn
from services.conversation.application.approvals.use_cases import ApprovalUseCases
from services.conversation.application.branches.use_cases import BranchUseCases
from services.conversation.application.cancel_run import CancelRun
from services.conversation.application.complete_turn import CompleteTurn
from services.conversation.application.delete_conversation import DeleteConversation
from services.conversation.application.erase_chat_log import EraseChatLog
from services.conversation.application.fail_run import FailRun
from services.conversation.application.feedback.use_cases import FeedbackUseCases
from services.conversation.application.find_active_run import FindActiveRun
from services.conversation.application.find_unlogged_turns import FindUnloggedTurns
from services.conversation.application.get_conversation import GetConversation
from services.conversation.application.get_history import GetHistory
from services.conversation.application.get_run import GetRun
from services.conversation.application.list_conversations import ListConversations
from services.conversation.application.list_ready_runs import ListReadyRuns
from services.conversation.application.list_runs import ListRuns
from services.conversation.application.list_unfinished_runs import ListUnfinishedRuns
from services.conversation.application.memory.use_cases import MemoryUseCases
from services.conversation.application.record_turn_in_chat_log import RecordTurnInChatLog
from services.conversation.application.rename_conversation import RenameConversation
from services.conversation.application.resolve_conversation import ResolveConversation
from services.conversation.application.start_conversation import StartConversation
from services.conversation.application.start_run import StartRun
from services.conversation.application.usage.get_usage import GetUsage
from services.conversation.application.wait_run import WaitRun
from services.conversation.application.webhooks.use_cases import WebhookUseCases


@dataclass(frozen=True, slots=True, kw_only=True)
class ConversationUseCases:
    """One instance of every command and query."""

    start_conversation: StartConversation
    list_conversations: ListConversations
    get_conversation: GetConversation
    rename_conversation: RenameConversation
    delete_conversation: DeleteConversation
    accept_turn: AcceptTurn
    start_run: StartRun
    wait_run: WaitRun
    complete_turn: CompleteTurn
    fail_run: FailRun
    cancel_run: CancelRun
    record_turn_in_chat_log: RecordTurnInChatLog
    find_unlogged_turns: FindUnloggedTurns
    erase_chat_log: EraseChatLog
    get_run: GetRun
    find_active_run: FindActiveRun
    resolve_conversation: ResolveConversation
    get_history: GetHistory
    list_runs: ListRuns
    list_unfinished_runs: ListUnfinishedRuns
    list_ready_runs: ListReadyRuns
    branches: BranchUseCases
    approvals: ApprovalUseCases
    memory: MemoryUseCases
    feedback: FeedbackUseCases
    webhooks: WebhookUseCases
    get_usage: GetUsage
