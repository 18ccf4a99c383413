"""Reaches receivers over HTTP, and nothing that is not public."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import ssl
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Final

import httpx2

from services.conversation.domain.webhooks.addresses import Address, may_be_reached, parse_address
from services.conversation.domain.webhooks.delivery import Answer

Resolve = Callable[[str, int], Awaitable[Sequence[Address]]]

_DEADLINE_S: Final = 15.0
_CONNECT_S: Final = 5.0
_AGENT: Final = "nivesh-webhooks/1"


class ForbiddenAddressError(Exception):
    """The name leads where webhooks may not lead."""


class HttpWebhookSender:
    """`WebhookSender`. A name is resolved here, judged, and then connected to by the address that was judged.

    So what a name leads to cannot change in between. Proxies of the environment are passed over, redirects are not
    followed, and of the answer nothing but the status is read.
    """

    def __init__(self, *, loopback: bool, resolve: Resolve | None = None, tls: ssl.SSLContext | None = None) -> None:
        self._loopback = loopback
        self._resolve = resolve or resolve_name
        self._tls = tls or httpx2.create_ssl_context()

    async def post(self, url: str, body: bytes, headers: Mapping[str, str]) -> Answer:
        """Send it once. Whatever goes wrong is an answer, not an error."""
        try:
            async with asyncio.timeout(_DEADLINE_S):
                return Answer(await self._post(httpx2.URL(url), body, headers))
        except ForbiddenAddressError:
            return Answer(None, "The URL's name leads to an address that is not public, where nothing is sent.")
        except socket.gaierror:
            return Answer(None, "The URL's name cannot be resolved.")
        except (TimeoutError, httpx2.TimeoutException):
            return Answer(None, f"The receiver did not answer within {_DEADLINE_S:g} seconds.")
        except (httpx2.HTTPError, httpx2.InvalidURL, OSError, UnicodeError) as error:
            return Answer(None, f"The receiver cannot be reached: {str(error) or type(error).__name__}")

    async def _post(self, url: httpx2.URL, body: bytes, headers: Mapping[str, str]) -> int:
        *others, last = await self._addresses(url)
        for address in others:
            with contextlib.suppress(httpx2.ConnectError, httpx2.ConnectTimeout):
                return await self._post_to(address, url, body, headers)
        return await self._post_to(last, url, body, headers)

    async def _post_to(self, address: Address, url: httpx2.URL, body: bytes, headers: Mapping[str, str]) -> int:
        # A client for each request: no connection that one host's certificate stands for carries another's request.
        async with httpx2.AsyncClient(
            verify=self._tls,
            trust_env=False,
            follow_redirects=False,
            timeout=httpx2.Timeout(_DEADLINE_S, connect=_CONNECT_S),
        ) as client:
            request = client.build_request(
                "POST",
                url.copy_with(host=str(address)),
                content=body,
                headers={
                    "host": url.netloc.decode("ascii"),
                    "content-type": "application/json",
                    "user-agent": _AGENT,
                    **headers,
                },
                extensions={"sni_hostname": url.raw_host.decode("ascii")},
            )
            response = await client.send(request, stream=True)
            await response.aclose()
            return response.status_code

    async def _addresses(self, url: httpx2.URL) -> Sequence[Address]:
        """All that the name leads to, if each may be reached: one that also leads inside is not to be trusted."""
        literal = parse_address(url.host)
        port = url.port or (443 if url.scheme == "https" else 80)
        found = [literal] if literal else await self._resolve(url.raw_host.decode("ascii"), port)
        allowed = all(may_be_reached(address, loopback=self._loopback) for address in found)
        private = url.scheme == "https" or all(address.is_loopback for address in found)
        if not (found and allowed and private):
            raise ForbiddenAddressError
        return found


async def resolve_name(host: str, port: int) -> Sequence[Address]:
    """The addresses of a name, as this machine resolves it. `socket.gaierror`."""
    found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    addresses = (parse_address(str(sockaddr[0])) for *_, sockaddr in found)
    return [address for address in addresses if address is not None]
