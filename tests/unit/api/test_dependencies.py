from typing import Annotated

import pytest
from fastapi import Depends, FastAPI

from api import problems
from api.dependencies import CurrentUser, permitted, require_scope
from services.shared.domain.errors import PermissionDeniedError
from services.shared.domain.identity import Identity
from services.shared.domain.ids import UserId, new_uuid
from services.user.domain.errors import TokenExpiredError, TokenInvalidError
from tests.unit.api.middleware.calls import client_of

USER = UserId(new_uuid())


async def verify(token: str) -> Identity:
    if token == "old":
        raise TokenExpiredError
    if token != "good":
        raise TokenInvalidError
    return Identity(USER, frozenset({"finance:read"}))


def build_app() -> FastAPI:
    app = FastAPI()
    problems.install(app)
    current_user = CurrentUser(verify)

    @app.get("/me")
    async def me(caller: Annotated[Identity, Depends(current_user)]) -> str:
        return str(caller.user_id)

    @app.get("/write")
    async def write(caller: Annotated[Identity, Depends(require_scope(current_user, "finance:write"))]) -> None:
        raise AssertionError("unreachable")

    return app


async def test_the_token_names_the_caller() -> None:
    async with client_of(build_app()) as client:
        response = await client.get("/me", headers={"authorization": "Bearer good"})
    assert response.json() == str(USER)


@pytest.mark.parametrize(
    ("header", "code"),
    [
        (None, "unauthenticated"),
        ("Basic Z29vZA==", "unauthenticated"),
        ("Bearer", "unauthenticated"),
        ("Bearer bad", "token-invalid"),
        ("bearer old", "token-expired"),
    ],
)
async def test_without_a_good_token_it_is_401(header: str | None, code: str) -> None:
    async with client_of(build_app()) as client:
        response = await client.get("/me", headers={"authorization": header} if header else {})
    assert (response.status_code, response.json()["code"]) == (401, code)
    assert response.headers["www-authenticate"].startswith("Bearer")


async def test_an_expired_token_is_said_to_be_refreshable() -> None:
    async with client_of(build_app()) as client:
        response = await client.get("/me", headers={"authorization": "Bearer old"})
    assert response.json()["detail"] == "The access token has expired. Refresh it with POST /api/v1/auth/refresh."
    assert response.headers["www-authenticate"] == 'Bearer realm="nivesh", error="invalid_token"'


async def test_a_scope_that_is_missing_is_403() -> None:
    async with client_of(build_app()) as client:
        response = await client.get("/write", headers={"authorization": "Bearer good"})
    assert (response.status_code, response.json()["code"]) == (403, "permission-denied")
    assert response.json()["detail"].endswith("it lacks the scope 'finance:write'.")


def test_who_can_never_have_a_scope_by_a_key_is_told_to_log_in() -> None:
    with pytest.raises(PermissionDeniedError, match=r"'keys:write'\. No API key has it: log in"):
        permitted(Identity(USER, frozenset({"finance:read"})), "keys:write")


async def test_the_scheme_stands_in_openapi() -> None:
    async with client_of(build_app()) as client:
        document = (await client.get("/openapi.json")).json()
    assert document["components"]["securitySchemes"]["accessToken"]["scheme"] == "bearer"
    assert document["paths"]["/me"]["get"]["security"] == [{"accessToken": []}]
