"""What a person gets of the conversation context; what was said, in its own words, comes from the chat log."""

from typing import Final

from services.conversation.infrastructure.approvals.tables import approvals
from services.conversation.infrastructure.feedback.tables import feedback
from services.conversation.infrastructure.memory.tables import memories
from services.conversation.infrastructure.tables import conversations, runs
from services.conversation.infrastructure.webhooks.tables import webhook_deliveries, webhooks
from services.shared.infrastructure.export import Exported

EXPORTED: Final = [
    Exported(memories),
    Exported(conversations),
    # Who works on a run, and by what it is told again.
    Exported(runs, without=frozenset({"owner", "heartbeat_at", "request_sha256"})),
    Exported(approvals, without=frozenset({"digest"})),
    Exported(feedback),
    Exported(webhooks),
    Exported(webhook_deliveries),
]
