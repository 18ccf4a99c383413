"""Sending completions with the openai SDK: it composes the request and judges what comes of it.

It would compose the same request, address, headers and all, anew for each question, which takes the time of a hundred
tokens. So the head that it made is kept, and what a later request brings goes back to the SDK unless it is a success.
"""

from __future__ import annotations

import contextlib
from typing import Final
from urllib.request import getproxies

import httpx2
from openai import AsyncOpenAI, DefaultAsyncHttpx2Client, Timeout

from agents.models.request_head import RequestHead
from agents.models.transport import StreamingTransport

_Outcome = httpx2.Response | httpx2.TransportError
# The first marks a response whose body the SDK leaves unread.
_HEADERS: Final = {
    "X-Stainless-Raw-Response": "stream",
    "Accept-Encoding": "identity",
    "Content-Type": "application/json",
}


class Endpoint:
    """The chat completions at one base URL, asked with one key."""

    def __init__(self, *, base_url: str | None, api_key: str, timeout: Timeout) -> None:
        self._timeout = timeout
        # A proxy that the environment asks for is the SDK's own transport's affair.
        self._transport = None if getproxies() else StreamingTransport()
        self._client = AsyncOpenAI(
            api_key=api_key,
            base_url=base_url,
            max_retries=0,
            timeout=timeout,
            http_client=DefaultAsyncHttpx2Client(transport=self._transport) if self._transport else None,
        )
        # Whole, because the SDK takes its base address apart again for each request to a path.
        self._address = f"{self._client.base_url}chat/completions"
        self._head: RequestHead | None = None

    async def prepare(self) -> None:
        """Connect before the first question; OSError or httpx2.TransportError when that fails."""
        if self._transport is not None:
            await self._transport.prepare(self._client.base_url, self._timeout.connect)

    async def close(self) -> None:
        """Close the connections."""
        await self._client.close()

    async def send(self, body: bytes) -> httpx2.Response:
        """The successful response to a request, its body unread. Raises the SDK's errors."""
        if self._transport is None:
            return await self._post(self._client, body)
        if self._head is None:
            response = await self._post(self._client, body)
            if not response.history:
                self._head = RequestHead.of(response.request)
            return response
        return await self._send_again(self._transport, self._head, body)

    async def _send_again(self, transport: StreamingTransport, head: RequestHead, body: bytes) -> httpx2.Response:
        try:
            response = await transport.send(head, body)
        except httpx2.TransportError as error:
            return await self._judge(_Received(error, transport), body)
        if response.is_success:
            return response
        async with contextlib.aclosing(response):
            return await self._judge(_Received(response, transport), body)

    async def _judge(self, received: _Received, body: bytes) -> httpx2.Response:
        """What the SDK makes of a response or an error that has come: mostly an error of its own."""
        return await self._post(
            self._client.with_options(http_client=DefaultAsyncHttpx2Client(transport=received)), body
        )

    async def _post(self, client: AsyncOpenAI, body: bytes) -> httpx2.Response:
        return await client.post(self._address, cast_to=httpx2.Response, content=body, options={"headers": _HEADERS})


class _Received(httpx2.AsyncBaseTransport):
    """Answers the first request with what has come of it already. Where a redirect leads is asked."""

    def __init__(self, outcome: _Outcome, transport: StreamingTransport) -> None:
        self._outcome: _Outcome | None = outcome
        self._transport = transport

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        outcome, self._outcome = self._outcome, None
        if outcome is None:
            return await self._transport.handle_async_request(request)
        if isinstance(outcome, httpx2.TransportError):
            raise outcome
        return outcome
