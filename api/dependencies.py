"""What routes may ask for: who is calling."""

from collections.abc import Awaitable, Callable
from typing import Final

import structlog
from fastapi import Request
from fastapi.openapi.models import HTTPBearer
from fastapi.security.base import SecurityBase
from starlette.datastructures import Headers

from services.shared.domain.errors import PermissionDeniedError, UnauthenticatedError
from services.shared.domain.identity import Identity
from services.user.domain.api_key import GRANTABLE
from services.user.domain.api_key import PREFIX as API_KEY_PREFIX

TokenVerifier = Callable[[str], Awaitable[Identity]]
"""Who an access token or an API key speaks for; raises UnauthenticatedError when it is wrong, expired or revoked."""

_READING: Final = frozenset({"GET", "HEAD", "OPTIONS"})


class CurrentUser(SecurityBase):
    """The dependency that gives the Identity of the caller: 401 without a good credential, 403 when it may not do this.

    `scope_of` says what scope a request's method wants. The security scheme and what follows from it are one
    dependency, because FastAPI works through those below another anew for every request.
    """

    model = HTTPBearer(
        description="The access_token that POST /auth/register, /auth/login or /auth/refresh gave, or an API key."
    )
    scheme_name = "accessToken"

    def __init__(self, verifier: TokenVerifier, scope_of: Callable[[str], str] | None = None) -> None:
        self.verifier = verifier
        self._scope_of = scope_of

    async def __call__(self, request: Request) -> Identity:
        """Who sent the header `Authorization: Bearer`."""
        credential = _credential(request.headers)
        if credential is None:
            raise UnauthenticatedError("Log in first: send the header 'Authorization: Bearer <access token>'.")
        identity = await self.verifier(credential)
        structlog.contextvars.bind_contextvars(user_id=str(identity.user_id))
        return permitted(identity, self._scope_of(request.method)) if self._scope_of else identity


def build_verifier(verify_access_token: TokenVerifier, verify_api_key: TokenVerifier) -> TokenVerifier:
    """Both kinds of credential in the one header; an API key is told by how it begins."""

    async def verify(credential: str) -> Identity:
        return await (verify_api_key if credential.startswith(API_KEY_PREFIX) else verify_access_token)(credential)

    return verify


def build_identify(verifier: TokenVerifier) -> Callable[[Headers], Awaitable[Identity | None]]:
    """What middleware asks: who is calling, or None when the route will have to refuse."""

    async def identify(headers: Headers) -> Identity | None:
        credential = _credential(headers)
        if credential is None:
            return None
        try:
            return await verifier(credential)
        except UnauthenticatedError:
            return None

    return identify


def guarded(current_user: CurrentUser, area: str) -> CurrentUser:
    """A dependency for the routes of one area: reading wants `<area>:read`, everything else `<area>:write`."""
    return CurrentUser(current_user.verifier, lambda method: f"{area}:{'read' if method in _READING else 'write'}")


def require_scope(current_user: CurrentUser, scope: str) -> CurrentUser:
    """A dependency that gives the Identity only when its credential may do `scope`, and answers 403 otherwise."""
    return CurrentUser(current_user.verifier, lambda _: scope)


def permitted(identity: Identity, scope: str) -> Identity:
    """The same Identity. PermissionDeniedError when its credential may not do `scope`."""
    if scope not in identity.scopes:
        way = "" if scope in GRANTABLE else " No API key has it: log in."
        raise PermissionDeniedError(f"This credential may not do this: it lacks the scope '{scope}'.{way}")
    return identity


def _credential(headers: Headers) -> str | None:
    scheme, _, credential = headers.get("authorization", "").partition(" ")
    return credential.strip() or None if scheme.lower() == "bearer" else None
