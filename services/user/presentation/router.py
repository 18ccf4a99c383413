"""Registering, logging in and out, and one's own profile."""

from collections.abc import Awaitable, Callable
from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response

from services.shared.domain.identity import Identity
from services.shared.infrastructure.problem import problem_responses
from services.user.application.get_profile import GetProfileRequest
from services.user.application.log_in import LogInRequest
from services.user.application.log_in_with_firebase import LogInWithFirebaseRequest
from services.user.application.log_out import LogOutRequest
from services.user.application.refresh_session import RefreshSessionRequest
from services.user.application.register_user import RegisterUserRequest
from services.user.application.update_profile import UpdateProfileRequest
from services.user.application.use_cases import UserUseCases
from services.user.presentation.schemas import (
    FirebaseRequest,
    LoginRequest,
    ProfileRequest,
    RefreshTokenRequest,
    RegisterRequest,
    SessionResponse,
    UserResponse,
)

CurrentUser = Callable[..., Identity] | Callable[..., Awaitable[Identity]]


def build_routers(use_cases: UserUseCases, current_user: CurrentUser) -> list[APIRouter]:
    """The routes under `/auth` and `/users`."""
    return [_credential_routes(use_cases), _session_routes(use_cases), _profile_routes(use_cases, current_user)]


def _credential_routes(use_cases: UserUseCases) -> APIRouter:
    router = APIRouter(prefix="/auth", tags=["auth"], dependencies=[Depends(_no_store)])

    @router.post("/register", status_code=201, responses=problem_responses(400, 409, 422, 429))
    async def register(body: RegisterRequest) -> SessionResponse:
        """Open an account, and a session with it."""
        request = RegisterUserRequest(
            email=body.email, password=body.password, first_name=body.first_name, last_name=body.last_name
        )
        return SessionResponse.of(await use_cases.register_user(request))

    @router.post("/login", responses=problem_responses(400, 401, 422, 429))
    async def login(body: LoginRequest, request: Request) -> SessionResponse:
        """Begin a session. After ten failures with one email from one address, 429 for a quarter of an hour."""
        address = request.client.host if request.client else ""
        return SessionResponse.of(
            await use_cases.log_in(LogInRequest(email=body.email, password=body.password, address=address))
        )

    @router.post("/firebase", responses=problem_responses(400, 401, 403, 404, 409, 422, 429, 503))
    async def firebase(body: FirebaseRequest) -> SessionResponse:
        """Begin a session as a Firebase user, who is registered at the first time."""
        return SessionResponse.of(
            await use_cases.log_in_with_firebase(LogInWithFirebaseRequest(id_token=body.id_token))
        )

    return router


def _session_routes(use_cases: UserUseCases) -> APIRouter:
    router = APIRouter(prefix="/auth", tags=["auth"], dependencies=[Depends(_no_store)])

    @router.post("/refresh", responses=problem_responses(400, 401, 422, 429))
    async def refresh(body: RefreshTokenRequest) -> SessionResponse:
        """Fresh tokens for a session.

        Every refresh token has one use. Sending it again within ten seconds, because the answer was lost, gives the
        same successor; sending it later ends the session, for then two parties hold it.
        """
        return SessionResponse.of(
            await use_cases.refresh_session(RefreshSessionRequest(refresh_token=body.refresh_token))
        )

    @router.post("/logout", status_code=204, responses=problem_responses(400, 422, 429, 503))
    async def logout(body: RefreshTokenRequest) -> None:
        """End the session that a refresh token belongs to. Ending it twice is no error."""
        await use_cases.log_out(LogOutRequest(refresh_token=body.refresh_token))

    return router


def _profile_routes(use_cases: UserUseCases, current_user: CurrentUser) -> APIRouter:
    router = APIRouter(prefix="/users", tags=["users"])
    Caller = Annotated[Identity, Depends(current_user)]  # noqa: N806

    @router.get("/me", responses=problem_responses(401, 404, 429))
    async def me(caller: Caller) -> UserResponse:
        """The caller's profile."""
        return UserResponse.of(await use_cases.get_profile(GetProfileRequest(user_id=caller.user_id)))

    @router.patch("/me", responses=problem_responses(400, 401, 404, 422, 429))
    async def update_me(body: ProfileRequest, caller: Caller) -> UserResponse:
        """Change the caller's name or time zone."""
        request = UpdateProfileRequest(
            user_id=caller.user_id, first_name=body.first_name, last_name=body.last_name, timezone=body.timezone
        )
        return UserResponse.of(await use_cases.update_profile(request))

    return router


def _no_store(response: Response) -> None:
    """No cache may keep tokens (RFC 6749, section 5.1)."""
    response.headers["Cache-Control"] = "no-store"
