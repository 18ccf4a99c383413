"""Request and response bodies of the conversation routes."""

from datetime import datetime
from typing import Any
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from services.conversation.application.get_conversation import ConversationView
from services.conversation.application.list_conversations import ConversationPageView
from services.conversation.domain.conversation import TITLE_LENGTH, Conversation
from services.conversation.domain.message import Message, Role


class StartConversationBody(BaseModel):
    """A new conversation; without a title the first question gives one."""

    model_config = ConfigDict(extra="forbid")

    title: str | None = Field(
        default=None, max_length=TITLE_LENGTH, description="Shown in the list.", examples=["Holiday budget"]
    )


class ConversationResponse(BaseModel):
    """A conversation without its messages."""

    id: UUID
    title: str = Field(description="Empty until given or named by the first question.", examples=["Holiday budget"])
    created_at: datetime
    updated_at: datetime = Field(description="When its last turn was.")

    @classmethod
    def of(cls, conversation: Conversation) -> "ConversationResponse":
        """The response for a conversation."""
        return cls(
            id=conversation.id,
            title=conversation.title,
            created_at=conversation.created_at,
            updated_at=conversation.updated_at,
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
    citations: list[dict[str, Any]] = Field(description="Which tool result each figure of an answer came from.")

    @classmethod
    def of(cls, message: Message) -> "MessageResponse":
        """The response for a message."""
        return cls(
            role=message.role,
            content=message.content,
            timestamp=message.timestamp,
            run_id=message.run_id,
            message_id=message.message_id,
            citations=list(message.citations),
        )


class ConversationDetailResponse(ConversationResponse):
    """A conversation with a page of its messages, in the order they were said."""

    messages: list[MessageResponse]
    before: UUID | None = Field(description="Ask for older messages with it; null when there are none.")

    @classmethod
    def of_view(cls, view: ConversationView) -> "ConversationDetailResponse":
        """The response for a conversation and a page."""
        return cls(
            **ConversationResponse.of(view.conversation).model_dump(),
            messages=[MessageResponse.of(message) for message in view.page.messages],
            before=view.page.before,
        )
