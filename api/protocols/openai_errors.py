"""Errors as OpenAI's clients read them: an object in the member `error`, of a response and of a stream alike."""

from __future__ import annotations

from typing import Any, Final

from services.shared.infrastructure.problem import Problem

BASE: Final = "/openai/"


def error_of(problem: Problem) -> dict[str, Any]:
    """The problem as that object; `param` is the first field that was wrong."""
    fields = (problem.model_extra or {}).get("errors") or [{}]
    return {
        "message": problem.detail,
        "type": "server_error" if problem.status >= 500 else "invalid_request_error",
        "param": fields[0].get("field"),
        "code": problem.code.replace("-", "_"),
    }
