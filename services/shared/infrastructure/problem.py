"""The body of every error response: RFC 9457 problem+json."""

from http import HTTPStatus
from typing import Any

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

    @classmethod
    def of(cls, status: int, code: str, detail: str, instance: str | None = None, **members: object) -> "Problem":
        """The problem of a stable `code`, with any further machine-readable `members`."""
        return cls.model_validate(
            members
            | {
                "type": f"urn:nivesh:problem:{code}",
                "title": HTTPStatus(status).phrase,
                "status": status,
                "detail": detail,
                "instance": instance,
                "code": code,
            }
        )


def problem_responses(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """The `responses` of a route that may answer with these problems, for its OpenAPI documentation."""
    return {status: {"model": Problem, "description": HTTPStatus(status).phrase} for status in statuses}
