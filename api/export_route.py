"""Everything that is kept of a person, for that person, over HTTP."""

from collections.abc import AsyncIterator, Callable
from typing import Annotated, Any, Final

from fastapi import APIRouter, Depends
from fastapi.responses import StreamingResponse

from api.exporting import ExportPerson
from services.shared.domain.identity import Identity
from services.shared.domain.ids import UserId
from services.shared.infrastructure.problem import problem_responses

_HEADERS: Final = {"content-disposition": 'attachment; filename="nivesh.json"', "cache-control": "no-store"}
_EXAMPLE: Final = {
    "exported_at": "2026-11-27T18:30:00+00:00",
    "users": [{"id": "019a7d0e-3c1b-7c55-9c0f-6d2a54a1b7e3", "email": "asha@example.com", "first_name": "Asha"}],
    "accounts": [{"name": "HDFC Savings", "currency": "INR", "opening_balance": "84210.5500"}],
    "goals": [],
}


def build_export_router(export_person: ExportPerson, current_user: Callable[..., Any]) -> APIRouter:
    """`GET /users/me/export`, for a person who is logged in: no key takes away everything."""
    router = APIRouter(prefix="/users", tags=["users"])
    caller = Annotated[Identity, Depends(current_user)]

    @router.get(
        "/me/export",
        response_class=StreamingResponse,
        responses=problem_responses(401, 403, 429, 503)
        | {
            200: {
                "description": "The file: a list for each kind of record.",
                "content": {"application/json": {"schema": {"type": "object"}, "example": _EXAMPLE}},
            }
        },
        summary="Export all that is kept of you",
    )
    async def export_me(user: caller) -> StreamingResponse:
        """Records with their history, goals, conversations, settings: everything but secrets and derived figures.

        A file that does not end with a closing brace was cut off.
        """
        return StreamingResponse(_bytes(export_person, user.user_id), media_type="application/json", headers=_HEADERS)

    return router


async def _bytes(export_person: ExportPerson, user_id: UserId) -> AsyncIterator[bytes]:
    async for piece in export_person(user_id):
        yield piece.data
