"""The OpenAI API's chat completions, for every program that speaks it: base URL `…/openai/v1`, key an API key."""

import asyncio
from collections.abc import AsyncIterator
from typing import Annotated, Any, Final, Literal

from fastapi import APIRouter, Depends, Header, Request, Response
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict, Field
from sse_starlette.sse import AppStatus

from api.dependencies import CurrentUser
from api.problems import problem_response
from api.protocols.openai_stream import Completion
from api.protocols.openai_threads import ChatThreads, Said, Stand
from api.protocols.protocol_stream import ProtocolStream
from api.protocols.turns import Asked, Turns
from api.turn_route import turn_route
from services.conversation.domain.run import Run
from services.shared.domain.errors import InvalidInputError, NotFoundError
from services.shared.domain.identity import Identity
from services.shared.domain.text import storable_text
from services.shared.infrastructure.problem import problem_responses

MODEL: Final = "nivesh"
_MODEL: Final = {"id": MODEL, "object": "model", "created": 0, "owned_by": "nivesh"}


class TextPart(BaseModel):
    """A part of a message; only texts are read."""

    model_config = ConfigDict(extra="ignore")

    type: str = Field(max_length=40)
    text: str | None = None


class ChatMessage(BaseModel):
    """A message."""

    model_config = ConfigDict(extra="ignore")

    role: Literal["system", "developer", "user", "assistant", "tool", "function"]
    content: str | list[TextPart] | None = None

    def said(self) -> Said:
        """Who said what. InvalidInputError for characters that are no text."""
        if isinstance(self.content, list):
            text = "\n".join(part.text for part in self.content if part.text)
        else:
            text = self.content or ""
        return self.role, storable_text(text, what="A message")


class StreamOptions(BaseModel):
    """What a stream ends with."""

    model_config = ConfigDict(extra="ignore")

    include_usage: bool | None = None


class CompletionRequest(BaseModel):
    """A chat. The last message is the question. Tools, sampling and system texts of the client's are not used."""

    model_config = ConfigDict(
        extra="ignore",
        json_schema_extra={
            "examples": [{"model": MODEL, "messages": [{"role": "user", "content": "What is my net worth?"}]}]
        },
    )

    model: str = Field(max_length=200)
    messages: list[ChatMessage] = Field(min_length=1, max_length=2000)
    stream: bool | None = None
    stream_options: StreamOptions | None = None
    n: int | None = Field(default=None, ge=1, le=1)


def build_openai_router(turns: Turns, threads: ChatThreads, current_user: CurrentUser) -> APIRouter:
    """`/openai/v1/chat/completions` and `/openai/v1/models`."""
    router = APIRouter(tags=["protocols"], route_class=turn_route(current_user))
    caller = Annotated[Identity, Depends(current_user)]

    @router.get("/models", responses=problem_responses(401), summary="List the models")
    async def models(_: caller) -> dict[str, Any]:
        """The one model that there is: this assistant."""
        return {"object": "list", "data": [_MODEL]}

    @router.get("/models/{model}", responses=problem_responses(401, 404), summary="Look up a model")
    async def look_up(_: caller, model: str) -> dict[str, Any]:
        """The one model that there is."""
        if model != MODEL:
            raise NotFoundError(f"There is no such model here. There is '{MODEL}'.", code="model-not-found")
        return _MODEL

    @router.post(
        "/chat/completions",
        responses=problem_responses(400, 401, 404, 409, 413, 422, 503, 504),
        response_model=None,
        summary="Complete a chat",
    )
    async def complete(
        user: caller,
        body: CompletionRequest,
        request: Request,
        idempotency_key: Annotated[str | None, Header()] = None,
    ) -> Response:
        """The answer, streamed if asked for. A chat is known again by what was said in it so far.

        What differs from an earlier request only at its end, as after an edit, is another branch of the same chat.
        A client that closes the connection cancels, as this protocol has no other way to say it; one that sent an
        `Idempotency-Key` may come back instead, and its answer goes on.
        """
        said = [message.said() for message in body.messages]
        if said[-1][0] != "user":
            raise InvalidInputError("The last of `messages` must have the role 'user': it is the question.")
        known = await threads.find(user, said[:-1])
        run = await turns.begin(user, _asked(known, said[-1][1], idempotency_key))
        made = Completion(str(run.id), str(run.conversation_id), MODEL, int(run.started_at.timestamp()))
        answer = _Answer(turns, threads, user, run, said, made, may_come_back=idempotency_key is not None)
        if body.stream:
            usage = bool(body.stream_options and body.stream_options.include_usage)
            return ProtocolStream(answer.chunks(usage=usage), left=answer.left)
        return await _unless_left(request, answer)

    return router


def _asked(known: Stand | None, question: str, key: str | None) -> Asked:
    if known is None:
        return Asked(chat=None, message=question, key=key)
    return Asked(chat=str(known.conversation_id), message=question, key=key, follows=known.run_id)


async def _unless_left(request: Request, answer: "_Answer") -> Response:
    """The whole answer; it is cancelled when the client leaves."""
    working = asyncio.create_task(answer.whole())
    leaving = asyncio.create_task(_until_left(request))
    try:
        await asyncio.wait((working, leaving), return_when=asyncio.FIRST_COMPLETED)
        if not working.done():
            await answer.left()
        return await working
    finally:
        leaving.cancel()
        working.cancel()


async def _until_left(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass


class _Answer:
    def __init__(
        self,
        turns: Turns,
        threads: ChatThreads,
        caller: Identity,
        run: Run,
        said: list[Said],
        made: Completion,
        *,
        may_come_back: bool,
    ) -> None:
        self._turns = turns
        self._threads = threads
        self._caller = caller
        self._run = run
        self._said = said
        self._made = made
        self._may_come_back = may_come_back
        self._ended = False

    async def left(self, _: Any = None) -> None:
        """The client has closed the connection; what this process ends by itself is no word of the client's."""
        if not (self._ended or self._may_come_back or AppStatus.should_exit):
            await self._turns.cancel(self._caller, self._run)

    async def chunks(self, *, usage: bool) -> AsyncIterator[bytes]:
        yield self._made.begin()
        async for events in self._turns.events(self._caller, self._run):
            if chunk := self._made.encode(events):
                yield chunk
        await self._remember()
        self._ended = True
        yield self._made.end(usage=usage)

    async def whole(self) -> Response:
        async for events in self._turns.events(self._caller, self._run):
            self._made.encode(events)
        if self._made.problem is not None:
            return problem_response(self._made.problem)
        await self._remember()
        return JSONResponse(self._made.whole())

    async def _remember(self) -> None:
        """Before the end is said: the client's next question may come at once."""
        said = [*self._said, ("assistant", self._made.text)]
        await self._threads.remember(self._caller, said, Stand(self._run.conversation_id, self._run.id))
