"""`nivesh serve` and `nivesh worker`."""

from __future__ import annotations

import asyncio
import contextlib
import signal
import socket
from typing import Annotated

import typer
import uvicorn
import uvloop

from api.app import build_app
from api.bootstrap import open_application, open_worker
from api.cli.console import err
from api.logging import configure_logging
from api.settings import Settings

_DRAIN_S = 15


def serve(
    host: Annotated[str | None, typer.Option(help="Address to listen on.")] = None,
    port: Annotated[int | None, typer.Option(help="Port to listen on; 0 picks a free one.", min=0, max=65535)] = None,
) -> None:
    """Serve the API (port 3000 unless configured), with engines of its own where no server is configured."""
    settings = Settings()
    changes = {key: value for key, value in {"host": host, "port": port}.items() if value is not None}
    uvloop.run(_serve(settings.model_copy(update=changes)))


def worker() -> None:
    """Deliver domain events only, for an API that runs with NIVESH_WORKERS=none."""
    uvloop.run(_work(Settings()))


async def _serve(settings: Settings) -> None:
    configure_logging(settings.log_level, file=settings.log_file, console=True)
    listener = _listen(settings)
    async with open_application(settings) as application:
        server = uvicorn.Server(
            uvicorn.Config(
                build_app(application),
                log_config=None,
                access_log=False,
                lifespan="off",
                server_header=False,
                timeout_graceful_shutdown=_DRAIN_S,
            )
        )
        host, port = listener.getsockname()[:2]
        err.print(f"Nivesh on http://{host}:{port} (documentation at /docs). Ctrl-C ends.", markup=False)
        await server.serve(sockets=[listener])


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


async def _work(settings: Settings) -> None:
    configure_logging(settings.log_level, file=settings.log_file, console=True)
    stopped = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stopped.set)
    async with open_worker(settings):
        err.print("Delivering events. Ctrl-C ends.", markup=False)
        with contextlib.suppress(asyncio.CancelledError):
            await stopped.wait()
