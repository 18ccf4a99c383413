"""The AG-UI protocol, as `HttpAgent` of @ag-ui/client speaks it."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path, Response

from api.dependencies import CurrentUser
from api.protocols.turns import Turns
from api.turn_route import turn_route
from services.shared.domain.identity import Identity
from services.shared.infrastructure.problem import problem_responses

_STREAM: dict[str, Any] = {
    "description": "AG-UI events",
    "content": {"text/event-stream": {"schema": {"type": "string"}}},
}


def build_ag_ui_router(turns: Turns, current_user: CurrentUser) -> APIRouter:
    """`POST /chat/ag-ui`."""
    router = APIRouter(prefix="/chat/ag-ui", tags=["protocols"], route_class=turn_route(current_user))
    caller = Annotated[Identity, Depends(current_user)]

    @router.post(
        "",
        response_class=Response,
        responses={200: _STREAM, **problem_responses(400, 401, 403, 404, 409, 413, 422, 503)},
        summary="Chat by the AG-UI protocol",
    )
    async def run(user: caller, body: dict[str, Any]) -> Response:
        """A run of the agent on the last message, or on from an interrupt with the answers in `resume`.

        `threadId` is the client's name for the conversation. Tools and state of the client's are not used: every tool
        runs here. A repeated `runId` of a thread is the same run again, from its beginning.
        """
        # The protocol's package is loaded when the first client comes: it is large.
        from api.protocols.ag_ui_run import answer_run

        return await answer_run(turns, user, body)

    @router.post(
        "/{thread_id}/cancel",
        status_code=204,
        responses=problem_responses(401, 403, 422, 503),
        summary="Cancel in a thread of AG-UI",
    )
    async def cancel(user: caller, thread_id: Annotated[str, Path(max_length=200)]) -> None:
        """Stop the run that goes on or waits in the thread; what was said stays.

        `abortRun()` of the client alone only leaves the stream: call this beside it.
        """
        await turns.cancel_active(user, thread_id)

    return router
