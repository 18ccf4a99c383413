"""The one error map: every error leaves the app as RFC 9457 problem+json, with a status, a code and what to do."""

import json
import secrets
from collections.abc import Mapping
from typing import Final

import structlog
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import HTTPConnection
from starlette.responses import Response

from api.problem_documents import document_problems
from api.protocols import openai_errors
from api.store_failures import STORE_FAILURES, unavailable
from api.validation_messages import field_errors, is_malformed
from services.shared.domain import errors
from services.shared.infrastructure.problem import Problem

MEDIA_TYPE: Final = "application/problem+json"

# The most general class last: the first that an error is an instance of decides.
_STATUSES: Final[tuple[tuple[type[errors.NiveshError], int], ...]] = (
    (errors.InvalidInputError, 422),
    (errors.UnauthenticatedError, 401),
    (errors.PermissionDeniedError, 403),
    (errors.NotFoundError, 404),
    (errors.ConflictError, 409),
    (errors.TooLargeError, 413),
    (errors.UnsupportedFormatError, 415),
    (errors.RateLimitedError, 429),
    (errors.UnavailableError, 503),
    (errors.NiveshError, 500),
)
_CODES: Final = {400: "malformed", 404: "not-found", 405: "method-not-allowed", 413: "too-large", 503: "unavailable"}
_DETAILS: Final = {
    404: "There is nothing at this address. /docs lists what there is.",
    405: "This address does not take that method. The Allow header lists those it takes.",
}
_NO_JSON: Final = "The body is not valid JSON. Send one JSON value, encoded as UTF-8."
# FastAPI's words for a body that its parser fails on otherwise: no UTF-8, too deep, a number without end.
_UNREADABLE: Final = "There was an error parsing the body"
_DEFAULT_RETRY_S: Final = {429: 60, 503: 5}

log = structlog.get_logger(__name__)


def status_of(error: errors.NiveshError) -> int:
    """The HTTP status that an error of the domain becomes."""
    return next(status for kind, status in _STATUSES if isinstance(error, kind))


def problem_of(error: errors.NiveshError, instance: str | None = None) -> Problem:
    """The body of the response to an error of the domain; also what a failed run's event carries."""
    return Problem.of(status_of(error), error.code, error.detail, instance, **error.extra)


def unexpected_problem(error: Exception, instance: str | None = None, correlation_id: str | None = None) -> Problem:
    """The body for an error nobody foresaw: nothing of its insides, and an id by which the log has all of them."""
    correlation_id = correlation_id or secrets.token_hex(8)
    log.error("unexpected error", correlation_id=correlation_id, path=instance, exc_info=error)
    detail = f"Something went wrong on our side. Please try again; if it stays, report the id {correlation_id}."
    return Problem.of(500, "internal-error", detail, instance, correlation_id=correlation_id)


def outage_problem(error: Exception, instance: str | None = None) -> Problem:
    """The body for a store that cannot be reached, or was lost in the middle; the log has which it was."""
    log.error("a store cannot be reached", path=instance, exc_info=error)
    return problem_of(unavailable(), instance)


def problem_response(problem: Problem, headers: Mapping[str, str] | None = None) -> Response:
    """The response that carries a problem, with the headers its status calls for.

    It is written as ASCII, so that a detail that quotes half a surrogate pair cannot fail on its way out. Where
    OpenAI's clients call, its member `error` tells them the same in their words.
    """
    body = problem.model_dump(exclude_none=True)
    if (problem.instance or "").startswith(openai_errors.BASE):
        body["error"] = openai_errors.error_of(problem)
    return Response(
        json.dumps(body, default=str),
        problem.status,
        headers=_status_headers(problem) | dict(headers or {}),
        media_type=MEDIA_TYPE,
    )


def install(app: FastAPI) -> None:
    """Have `app` answer every error with a problem, and document them as problems."""
    app.add_exception_handler(errors.NiveshError, _on_domain_error)
    app.add_exception_handler(RequestValidationError, _on_invalid_request)
    app.add_exception_handler(HTTPException, _on_http_exception)
    for failure in STORE_FAILURES:
        app.add_exception_handler(failure, _on_store_failure)
    app.add_exception_handler(Exception, _on_unexpected_error)
    document_problems(app)


def _status_headers(problem: Problem) -> dict[str, str]:
    """`Retry-After` (RFC 9110) and `WWW-Authenticate: Bearer` (RFC 6750, section 3)."""
    if problem.status == 401:
        tried = problem.code in {"token-expired", "token-invalid", "session-ended"}
        return {"WWW-Authenticate": 'Bearer realm="nivesh"' + (', error="invalid_token"' if tried else "")}
    if problem.status in _DEFAULT_RETRY_S:
        wanted = (problem.model_extra or {}).get("retry_after_s")
        seconds = wanted if isinstance(wanted, int) else _DEFAULT_RETRY_S[problem.status]
        return {"Retry-After": str(max(1, seconds))}
    return {}


async def _on_domain_error(request: Request, error: Exception) -> Response:
    if not isinstance(error, errors.NiveshError):
        raise error
    return problem_response(problem_of(error, _instance(request)))


async def _on_invalid_request(request: Request, error: Exception) -> Response:
    if not isinstance(error, RequestValidationError):
        raise error
    found = error.errors()
    if is_malformed(found):
        problem = Problem.of(400, "malformed", _NO_JSON, _instance(request), errors=field_errors(found))
        return problem_response(problem)
    messages = field_errors(found)
    detail = "The request is not valid: " + "; ".join(f"{m['field']}: {m['message']}" for m in messages[:3])
    return problem_response(Problem.of(422, "invalid-input", detail, _instance(request), errors=messages))


async def _on_http_exception(request: Request, error: Exception) -> Response:
    if not isinstance(error, HTTPException):
        raise error
    status = error.status_code
    if status in {204, 304} or status < 400:
        return Response(status_code=status, headers=error.headers)
    code = _CODES.get(status, f"http-{status}")
    detail = _NO_JSON if error.detail == _UNREADABLE else _DETAILS.get(status, str(error.detail))
    return problem_response(Problem.of(status, code, detail, _instance(request)), error.headers)


async def _on_store_failure(request: Request, error: Exception) -> Response:
    return problem_response(outage_problem(error, _instance(request)))


async def _on_unexpected_error(request: Request, error: Exception) -> Response:
    return problem_response(unexpected_problem(error, _instance(request)))


def _instance(connection: HTTPConnection) -> str:
    return connection.url.path
