"""What routes may ask for: who is calling."""

from collections.abc import Awaitable, Callable
from typing import Annotated, Final

import structlog
from fastapi import Depends
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from starlette.datastructures import Headers

from services.shared.domain.errors import PermissionDeniedError, UnauthenticatedError
from services.shared.domain.identity import Identity

TokenVerifier = Callable[[str], Awaitable[Identity]]
"""Who an access token speaks for; raises UnauthenticatedError when it is wrong, expired or logged out."""

CurrentUser = Callable[..., Awaitable[Identity]]
"""A FastAPI dependency that gives the Identity of the caller."""

bearer: Final = HTTPBearer(
    bearerFormat="JWT",
    scheme_name="accessToken",
    description="The access_token that POST /auth/register, /auth/login or /auth/refresh gave.",
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


def require_scope(current_user: CurrentUser, scope: str) -> CurrentUser:
    """A dependency that gives the Identity only when its credential may do `scope`, and answers 403 otherwise."""

    async def scoped_user(identity: Annotated[Identity, Depends(current_user)]) -> Identity:
        if scope not in identity.scopes:
            raise PermissionDeniedError(f"This credential may not do this: it lacks the scope '{scope}'.")
        return identity

    return scoped_user
