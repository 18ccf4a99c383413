"""Routes in this process, called by people whom the test names."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from fastapi import APIRouter, FastAPI, Request
from httpx import ASGITransport, AsyncClient

from api.problems import install
from services.shared.domain.identity import Identity
from services.shared.domain.ids import UserId

_CALLER = "x-caller"


def caller(request: Request) -> Identity:
    """In the place of a session: whoever the client of the request is for."""
    user_id, *scopes = request.headers[_CALLER].split()
    return Identity(UserId(UUID(user_id)), frozenset(scopes))


def app_of(routers: Iterable[APIRouter]) -> FastAPI:
    """Build it once for many tests: that takes longer than most of their requests."""
    app = FastAPI()
    for router in routers:
        app.include_router(router, prefix="/api/v1")
    install(app)
    return app


def client_of(app: FastAPI, user_id: UserId, *scopes: str) -> AsyncClient:
    headers = {_CALLER: " ".join((str(user_id), *scopes))}
    return AsyncClient(transport=ASGITransport(app), base_url="http://nivesh/api/v1", headers=headers)
