"""One conversation with what was said in a branch of it."""

from dataclasses import dataclass

from services.conversation.domain.branches.branch import Line, TurnPlace
from services.conversation.domain.branches.repositories import BranchReader
from services.conversation.domain.conversation import Conversation
from services.conversation.domain.errors import ConversationNotFoundError, RunNotFoundError
from services.conversation.domain.message import Message
from services.conversation.domain.repositories import ChatLog, ConversationReader
from services.shared.domain.errors import InvalidInputError
from services.shared.domain.ids import ConversationId, RunId, UserId


@dataclass(frozen=True, slots=True, kw_only=True)
class GetConversationRequest:
    """`turns` is how many turns to give, 1 to 100; `before` (a page's `before`) continues towards the beginning.

    `branch` is a turn of the branch to read, the chosen one unless given.
    """

    user_id: UserId
    conversation_id: ConversationId
    before: RunId | None = None
    branch: RunId | None = None
    turns: int = 50


@dataclass(frozen=True, slots=True)
class MessagePage:
    """Messages in the order they were said; `before` asks for the page of older ones, None when there is none.

    `places` say where each of their turns stands.
    """

    messages: tuple[Message, ...]
    places: tuple[TurnPlace, ...]
    before: RunId | None


@dataclass(frozen=True, slots=True)
class ConversationView:
    """A conversation and one page of its messages, the newest page first."""

    conversation: Conversation
    page: MessagePage


class GetConversation:
    """Query: the caller's conversation with a page of messages, the chat log's, of one branch."""

    def __init__(self, conversations: ConversationReader, branches: BranchReader, chat_log: ChatLog) -> None:
        self._conversations = conversations
        self._branches = branches
        self._chat_log = chat_log

    async def __call__(self, request: GetConversationRequest) -> ConversationView:
        """ConversationNotFoundError unless it is the caller's; RunNotFoundError for a branch that it does not have."""
        if not 1 <= request.turns <= 100:
            raise InvalidInputError("turns must be from 1 to 100.")
        conversation = await self._conversations.get(request.conversation_id, request.user_id)
        if conversation is None:
            raise ConversationNotFoundError
        line = await self._line(request, conversation)
        turns = [place.run_id for place in line.turns]
        messages = await self._chat_log.messages(conversation.id, request.user_id, turns) if turns else ()
        return ConversationView(conversation, MessagePage(messages, line.turns, line.before))

    async def _line(self, request: GetConversationRequest, conversation: Conversation) -> Line:
        last, including = request.before, False
        if last is None:
            last, including = await self._last(request, conversation), True
        if last is None:
            return Line((), None)
        return await self._branches.line(
            last, conversation.id, request.user_id, including=including, limit=request.turns
        )

    async def _last(self, request: GetConversationRequest, conversation: Conversation) -> RunId | None:
        if request.branch is None:
            return conversation.head_id
        last = await self._branches.newest_end(request.branch, conversation.id, request.user_id)
        if last is None:
            raise RunNotFoundError
        return last
