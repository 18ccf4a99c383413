"""Names the adapters of feedback."""

from sqlalchemy.ext.asyncio import AsyncEngine

from services.conversation.application.feedback.get_feedback import GetFeedback
from services.conversation.application.feedback.give_feedback import GiveFeedback
from services.conversation.application.feedback.list_feedback import ListFeedback
from services.conversation.application.feedback.use_cases import FeedbackUseCases
from services.conversation.application.feedback.withdraw_feedback import WithdrawFeedback
from services.conversation.application.unit_of_work import ConversationUnitOfWorkFactory
from services.conversation.infrastructure.feedback.postgres_feedback import PostgresFeedbackReader
from services.shared.domain.clock import Clock


def build_feedback(engine: AsyncEngine, unit_of_work: ConversationUnitOfWorkFactory, clock: Clock) -> FeedbackUseCases:
    """Feedback on PostgreSQL."""
    reader = PostgresFeedbackReader(engine)
    return FeedbackUseCases(
        give=GiveFeedback(unit_of_work, clock),
        get=GetFeedback(reader),
        list=ListFeedback(reader),
        withdraw=WithdrawFeedback(unit_of_work),
    )
