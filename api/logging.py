"""Structured logs: readable lines on a terminal, JSON in a pipe and in files."""

from __future__ import annotations

import logging
import logging.handlers
import sys
from functools import lru_cache
from pathlib import Path
from typing import Any

import orjson
import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

_SECRETS = ("password", "token", "secret", "authorization", "api_key", "apikey", "cookie")
_FILE_BYTES = 10 * 2**20
_FILES_KEPT = 5
# Libraries that say at INFO what is of use only to their own developers.
_TALKATIVE = (
    "aiokafka",
    "neo4j",
    "httpx",
    "httpx2",
    "httpcore",
    "alembic",
    "openai",
    "pymongo",
    "clickhouse_connect",
    "uvicorn.websockets",
)


def configure_logging(level: str, *, file: Path | None, console: bool) -> None:
    """Route structlog and the standard library's loggers to stderr (when `console`) and to a rotating JSON `file`."""
    handlers: list[logging.Handler] = []
    if console:
        stream = logging.StreamHandler(sys.stderr)
        stream.setFormatter(_formatter(pretty=sys.stderr.isatty()))
        handlers.append(stream)
    if file is not None:
        file.parent.mkdir(parents=True, exist_ok=True)
        rotating = logging.handlers.RotatingFileHandler(file, maxBytes=_FILE_BYTES, backupCount=_FILES_KEPT, delay=True)
        rotating.setFormatter(_formatter(pretty=False))
        handlers.append(rotating)
    logging.basicConfig(level=level.upper(), handlers=handlers or [logging.NullHandler()], force=True)
    for name in _TALKATIVE:
        logging.getLogger(name).setLevel(logging.WARNING)
    structlog.configure(
        processors=[*_shared(), structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )


def _shared() -> list[Processor]:
    return [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        redact,
    ]


def _formatter(*, pretty: bool) -> structlog.stdlib.ProcessorFormatter:
    rendering: list[Processor] = (
        # Plain: the rich form takes seconds, and prints the values of variables, people's figures among them.
        [structlog.dev.ConsoleRenderer(exception_formatter=structlog.dev.plain_traceback)]
        if pretty
        else [structlog.processors.format_exc_info, structlog.processors.JSONRenderer(serializer=_json)]
    )
    return structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=_shared(),
        processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, *rendering],
    )


def redact(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
    """Blank the values of fields whose names say that they are secret."""
    for key in event:
        if _is_secret(key):
            event[key] = "[redacted]"
    return event


@lru_cache(maxsize=1024)
def _is_secret(name: str) -> bool:
    return any(word in name.lower() for word in _SECRETS)


def _json(value: Any, **_: Any) -> str:
    return orjson.dumps(value, default=str, option=orjson.OPT_NON_STR_KEYS).decode()
