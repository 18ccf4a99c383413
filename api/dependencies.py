"""What routes may ask for: who is calling."""

from collections.abc import Awaitable, Callable
from typing import Annotated, Final

import structlog
from fastapi import Depends, Request
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from starlette.datastructures import Headers

from services.shared.domain.errors import PermissionDeniedError, UnauthenticatedError
from services.shared.domain.identity import Identity
from services.user.domain.api_key import GRANTABLE
from services.user.domain.api_key import PREFIX as API_KEY_PREFIX

TokenVerifier = Callable[[str], Awaitable[Identity]]
"""Who an access token or an API key speaks for; raises UnauthenticatedError when it is wrong, expired or revoked."""

CurrentUser = Callable[..., Awaitable[Identity]]
"""A FastAPI dependency that gives the Identity of the caller."""

_READING: Final = frozenset({"GET", "HEAD", "OPTIONS"})

bearer: Final = HTTPBearer(
    scheme_name="accessToken",
    description="The access_token that POST /auth/register, /auth/login or /auth/refresh gave, or an API key.",
    auto_error=False,
)


def build_current_user(verifier: TokenVerifier) -> CurrentUser:
    """The dependency that turns the `Authorization: Bearer` header into an Identity, or answers 401."""

    async def current_user(credentials: Annotated[HTTPAuthorizationCredentials | None, Depends(bearer)]) -> Identity:
        if credentials is None:
            raise UnauthenticatedError("Log in first: send the header 'Authorization: Bearer <access token>'.")
        identity = await verifier(credentials.credentials)
        structlog.contextvars.bind_contextvars(user_id=str(identity.user_id))
        return identity

    return current_user


def build_verifier(verify_access_token: TokenVerifier, verify_api_key: TokenVerifier) -> TokenVerifier:
    """Both kinds of credential in the one header; an API key is told by how it begins."""

    async def verify(credential: str) -> Identity:
        return await (verify_api_key if credential.startswith(API_KEY_PREFIX) else verify_access_token)(credential)

    return verify


def build_identify(verifier: TokenVerifier) -> Callable[[Headers], Awaitable[Identity | None]]:
    """What middleware asks: who is calling, or None when the route will have to refuse."""

    async def identify(headers: Headers) -> Identity | None:
        scheme, _, token = headers.get("authorization", "").partition(" ")
        if scheme.lower() != "bearer" or not token:
            return None
        try:
            return await verifier(token)
        except UnauthenticatedError:
            return None

    return identify


def guarded(current_user: CurrentUser, area: str) -> CurrentUser:
    """A dependency for the routes of one area: reading wants `<area>:read`, everything else `<area>:write`."""

    async def guarded_user(request: Request, identity: Annotated[Identity, Depends(current_user)]) -> Identity:
        return permitted(identity, f"{area}:{'read' if request.method in _READING else 'write'}")

    return guarded_user


def require_scope(current_user: CurrentUser, scope: str) -> CurrentUser:
    """A dependency that gives the Identity only when its credential may do `scope`, and answers 403 otherwise."""

    async def scoped_user(identity: Annotated[Identity, Depends(current_user)]) -> Identity:
        return permitted(identity, scope)

    return scoped_user


def permitted(identity: Identity, scope: str) -> Identity:
    """The same Identity. PermissionDeniedError when its credential may not do `scope`."""
    if scope not in identity.scopes:
        way = "" if scope in GRANTABLE else " No API key has it: log in."
        raise PermissionDeniedError(f"This credential may not do this: it lacks the scope '{scope}'.{way}")
    return identity
