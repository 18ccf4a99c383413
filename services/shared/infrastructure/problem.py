"""The body of every error response: RFC 9457 problem+json."""

from pydantic import BaseModel, ConfigDict, Field


class Problem(BaseModel):
    """What went wrong and what to do about it (RFC 9457). Further members carry machine-readable details."""

    model_config = ConfigDict(extra="allow")

    type: str = Field(examples=["urn:nivesh:problem:not-found"])
    title: str = Field(examples=["Not found"])
    status: int = Field(examples=[404])
    detail: str = Field(examples=["There is no such account among yours."])
    instance: str | None = Field(default=None, examples=["/api/v1/accounts/0198c0de"])
    code: str = Field(examples=["not-found"])
