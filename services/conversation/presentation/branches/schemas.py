"""Request and response bodies of branches."""

from datetime import datetime
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from services.conversation.domain.branches.branch import TurnVersion
from services.conversation.domain.conversation import Conversation
from services.conversation.domain.run import RunState


class ChooseBranchBody(BaseModel):
    """A turn of the branch."""

    model_config = ConfigDict(extra="forbid")

    run_id: UUID = Field(examples=["0198c0de-0000-7000-8000-000000000001"])


class ChosenBranchResponse(BaseModel):
    """The branch that is read and asked on."""

    conversation_id: UUID
    head_run_id: UUID | None = Field(description="Its last turn.")

    @classmethod
    def of(cls, conversation: Conversation) -> "ChosenBranchResponse":
        """The response for a conversation."""
        return cls(conversation_id=conversation.id, head_run_id=conversation.head_id)


class VersionResponse(BaseModel):
    """One version of a turn."""

    run_id: UUID
    parent_run_id: UUID | None = Field(description="The turn that all versions follow.")
    replaces_run_id: UUID | None = Field(description="The version that it was made from; null for the first.")
    question: str = Field(examples=["What did I spend on groceries last month?"])
    answer: str | None = Field(description="Null while it is being answered, and when that failed.")
    state: RunState
    started_at: datetime

    @classmethod
    def of(cls, version: TurnVersion) -> "VersionResponse":
        """The response for a version."""
        return cls(
            run_id=version.run_id,
            parent_run_id=version.parent_id,
            replaces_run_id=version.replaces_id,
            question=version.question,
            answer=version.answer,
            state=version.state,
            started_at=version.started_at,
        )


class VersionsResponse(BaseModel):
    """All versions of a turn, oldest first; fifty at most."""

    versions: list[VersionResponse]
