"""Running the server, or only the delivery of events."""

from __future__ import annotations

import asyncio
import contextlib
import signal
import socket
from collections.abc import AsyncIterator, Iterator
from types import FrameType

import typer
import uvicorn
from fastapi import FastAPI

from agents.runs.engine import RunEngine
from api.app import build_app
from api.background import background
from api.bootstrap import open_application, open_worker
from api.cli.console import err
from api.cli.priority import let_people_go_first
from api.collection import resume_collection
from api.contexts import Context
from api.event_stream import StreamingProtocol
from api.logging import configure_logging
from api.settings import Settings
from api.socket.protocol import SocketProtocol
from api.socket.session import MESSAGE_BYTES
from api.solo import open_service

_DRAIN_S = 15
_SETTLE_S = 1.0


async def serve(settings: Settings, only: Context | None = None) -> None:
    """Serve the API, or one context of it, until a signal says otherwise."""
    configure_logging(settings.log_level, file=settings.log_file, console=True)
    listener = _listen(settings)
    async with _open_app(settings, only) as app:
        server = uvicorn.Server(
            uvicorn.Config(
                app,
                log_config=None,
                access_log=False,
                lifespan="off",
                http=StreamingProtocol,
                ws=SocketProtocol,
                ws_max_size=MESSAGE_BYTES,
                ws_ping_interval=20,
                ws_ping_timeout=20,
                server_header=False,
                timeout_graceful_shutdown=_DRAIN_S,
            )
        )
        resume_collection()
        host, port = listener.getsockname()[:2]
        err.print(f"Nivesh on http://{host}:{port} (documentation at /docs). Ctrl-C ends.", markup=False)
        with signals_end_quietly():
            await server.serve(sockets=[listener])


@contextlib.asynccontextmanager
async def _open_app(settings: Settings, only: Context | None) -> AsyncIterator[FastAPI]:
    if only is not None:
        async with open_service(settings, only) as service:
            yield service
        return
    async with open_application(settings) as application:
        app = build_app(application)
        async with background(_prepare_later(application.engine)):
            yield app


async def _prepare_later(engine: RunEngine) -> None:
    # Loading takes the interpreter's lock, which the first requests should not have to share.
    await asyncio.sleep(_SETTLE_S)
    await engine.prepare()
    resume_collection()


@contextlib.contextmanager
def signals_end_quietly() -> Iterator[None]:
    """Let the first SIGINT or SIGTERM close everything in order.

    Uvicorn raises the signal again when it has finished; by default that would end the process before its engines are
    left. A second signal ends it at once.
    """
    before = {number: signal.signal(number, _second_ends) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _second_ends(number: int, _: FrameType | None) -> None:
    signal.signal(number, signal.SIG_DFL)


def _listen(settings: Settings) -> socket.socket:
    """Take the port before anything is booted, so that a taken one is said at once."""
    try:
        return socket.create_server((settings.host, settings.port), backlog=2048)
    except OSError as error:
        err.print(
            f"Cannot listen on {settings.host}:{settings.port}: {error.strerror}. Choose another with --port.",
            markup=False,
        )
        raise typer.Exit(1) from error


async def work(settings: Settings) -> None:
    """Deliver events until a signal says otherwise."""
    let_people_go_first()
    configure_logging(settings.log_level, file=settings.log_file, console=True)
    stopped = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stopped.set)
    async with open_worker(settings):
        err.print("Delivering events. Ctrl-C ends.", markup=False)
        with contextlib.suppress(asyncio.CancelledError):
            await stopped.wait()
