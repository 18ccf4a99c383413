"""Everything that can be done with feedback."""

from dataclasses import dataclass

from services.conversation.application.feedback.get_feedback import GetFeedback
from services.conversation.application.feedback.give_feedback import GiveFeedback
from services.conversation.application.feedback.list_feedback import ListFeedback
from services.conversation.application.feedback.withdraw_feedback import WithdrawFeedback


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedbackUseCases:
    """One instance of every command and query."""

    give: GiveFeedback
    get: GetFeedback
    list: ListFeedback
    withdraw: WithdrawFeedback
