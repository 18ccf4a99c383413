"""Request and response bodies of the conversation routes."""

from datetime import datetime
from typing import Any
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from services.conversation.application.get_conversation import ConversationView
from services.conversation.application.list_conversations import ConversationPageView
from services.conversation.domain.branches.branch import TurnPlace
from services.conversation.domain.conversation import TITLE_LENGTH, Conversation
from services.conversation.domain.message import Message, Role


class StartConversationBody(BaseModel):
    """A new conversation; without a title the first question gives one."""

    model_config = ConfigDict(extra="forbid")

    title: str | None = Field(
        default=None, max_length=TITLE_LENGTH, description="Shown in the list.", examples=["Holiday budget"]
    )


class RenameConversationBody(BaseModel):
    """Another title."""

    model_config = ConfigDict(extra="forbid")

    title: str = Field(max_length=TITLE_LENGTH, examples=["Holiday budget"])


class ConversationResponse(BaseModel):
    """A conversation without its messages."""

    id: UUID
    title: str = Field(description="Empty until given or named by the first question.", examples=["Holiday budget"])
    created_at: datetime
    updated_at: datetime = Field(description="When its last turn was.")
    head_run_id: UUID | None = Field(description="The last turn of the branch that is read and asked on.")

    @classmethod
    def of(cls, conversation: Conversation) -> "ConversationResponse":
        """The response for a conversation."""
        return cls(
            id=conversation.id,
            title=conversation.title,
            created_at=conversation.created_at,
            updated_at=conversation.updated_at,
            head_run_id=conversation.head_id,
        )


class ConversationListResponse(BaseModel):
    """A page of conversations, the last used first."""

    conversations: list[ConversationResponse]
    next_cursor: str | None = Field(description="Ask for the next page with it; null on the last page.")

    @classmethod
    def of(cls, page: ConversationPageView) -> "ConversationListResponse":
        """The response for a page."""
        return cls(
            conversations=[ConversationResponse.of(conversation) for conversation in page.conversations],
            next_cursor=page.next_cursor,
        )


class MessageResponse(BaseModel):
    """One message."""

    role: Role
    content: str
    timestamp: datetime
    run_id: UUID = Field(description="The run whose turn this message belongs to.")
    message_id: UUID | None = Field(description="Set on answers.")
    parent_run_id: UUID | None = Field(description="The run whose turn this one follows; null at the beginning.")
    versions: list[UUID] = Field(
        description="The runs of all versions of this turn, oldest first; more than one once it was edited or "
        "answered anew. Read another with `branch`."
    )
    citations: list[dict[str, Any]] = Field(description="Which tool result each figure of an answer came from.")

    @classmethod
    def of(cls, message: Message, place: TurnPlace) -> "MessageResponse":
        """The response for a message of a turn."""
        return cls(
            role=message.role,
            content=message.content,
            timestamp=message.timestamp,
            run_id=message.run_id,
            message_id=message.message_id,
            parent_run_id=place.parent_id,
            versions=list(place.versions),
            citations=list(message.citations),
        )


class ConversationDetailResponse(ConversationResponse):
    """A conversation with a page of its messages, in the order they were said."""

    messages: list[MessageResponse]
    before: UUID | None = Field(description="Ask for older messages with it; null when there are none.")

    @classmethod
    def of_view(cls, view: ConversationView) -> "ConversationDetailResponse":
        """The response for a conversation and a page."""
        places = {place.run_id: place for place in view.page.places}
        return cls(
            **ConversationResponse.of(view.conversation).model_dump(),
            messages=[MessageResponse.of(message, places[message.run_id]) for message in view.page.messages],
            before=view.page.before,
        )
