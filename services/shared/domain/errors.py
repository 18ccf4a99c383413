"""The one error tree of the domain.

Every error says in `detail` what went wrong and what to do about it. `code` is a stable slug for programs. How an
error becomes an HTTP status is decided once, in `api.problems`.
"""

from collections.abc import Mapping


class NiveshError(Exception):
    """Base of every error that a person or a program may see.

    `detail` is a sentence for a person. `extra` holds machine-readable members (plain JSON values) of the problem.
    """

    code = "error"

    def __init__(self, detail: str, *, code: str | None = None, extra: Mapping[str, object] | None = None) -> None:
        super().__init__(detail)
        self.detail = detail
        self.code = code or type(self).code
        self.extra: dict[str, object] = dict(extra or {})


class InvalidInputError(NiveshError):
    """The request can never work as it stands: a value is malformed or out of range."""

    code = "invalid-input"


class UnauthenticatedError(NiveshError):
    """Who is asking is not known: no credentials, or they are wrong or expired."""

    code = "unauthenticated"


class PermissionDeniedError(NiveshError):
    """Who is asking is known, and may not do this."""

    code = "permission-denied"


class NotFoundError(NiveshError):
    """No such thing among what the caller may see; another person's things do not exist for the caller."""

    code = "not-found"


class ConflictError(NiveshError):
    """The state of things does not allow it: already there, already running, used up."""

    code = "conflict"


class TooLargeError(NiveshError):
    """The input is larger than the documented bound."""

    code = "too-large"


class UnsupportedFormatError(NiveshError):
    """The input's format is not one that can be read."""

    code = "unsupported-format"


class RateLimitedError(NiveshError):
    """Too many requests; `extra["retry_after_s"]` says when to come back."""

    code = "rate-limited"


class UnavailableError(NiveshError):
    """Something this needs (a model, a store) is down or too slow; trying again later may work."""

    code = "unavailable"
