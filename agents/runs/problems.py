"""Why a run failed, as the RFC 9457 body that its owner is told."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import structlog

from agents.models.port import ModelError
from services.shared.domain.errors import NiveshError

log = structlog.get_logger(__name__)


def problem_of(error: BaseException, run_id: str) -> dict[str, Any]:
    """The problem of an error. An unexpected one is logged and named by an id only, never by its internals."""
    match error:
        case ModelError():
            again = " Ask again in a moment." if error.retryable else ""
            return _problem(503, "model-unavailable", "The model failed", f"{error}{again}")
        case TimeoutError():
            return _problem(504, "turn-deadline", "Too slow", "The answer took too long. Ask again, or ask for less.")
        case NiveshError():
            return _problem(422, error.code, "The question could not be answered", error.detail)
        case _:
            reference = uuid4().hex
            log.error("run.failed", run_id=run_id, reference=reference, exc_info=error)
            return _problem(500, "internal", "Internal error", f"Something broke here. Its reference is {reference}.")


def _problem(status: int, code: str, title: str, detail: str) -> dict[str, Any]:
    return {"type": f"urn:nivesh:problem:{code}", "title": title, "status": status, "detail": detail, "code": code}
