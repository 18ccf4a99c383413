"""What the keeper tells the other processes: a small JSON file that the keeper alone writes."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from enum import StrEnum
from typing import Self

from data.embedded.address import Engine
from data.embedded.paths import HomePaths
from data.embedded.private_files import write_private
from data.embedded.process import ProcessId


class Status(StrEnum):
    """Where an engine is between two boots. Only a READY one may be handed to a user."""

    STARTING = "starting"
    READY = "ready"
    FAILED = "failed"
    STOPPING = "stopping"
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True)
class EngineRecord:
    """One engine: its ports by name (kept for the next boot), its process, and how often it failed to start, ever."""

    status: Status = Status.STOPPED
    ports: Mapping[str, int] = field(default_factory=dict)
    process: ProcessId | None = None
    failures: int = 0
    error: str = ""


@dataclass(frozen=True, slots=True)
class State:
    """The keeper that owns the engines, None when it left in good order, and the engines it knows of."""

    keeper: ProcessId | None = None
    engines: Mapping[Engine, EngineRecord] = field(default_factory=dict)

    def record(self, engine: Engine) -> EngineRecord:
        """What is known of the engine; of one never started, nothing."""
        return self.engines.get(engine, EngineRecord())

    def with_record(self, engine: Engine, record: EngineRecord) -> Self:
        """The state with one engine's record replaced."""
        return replace(self, engines={**self.engines, engine: record})


def read_state(paths: HomePaths) -> State:
    """The state on disk. One that is missing or not whole (a power cut) counts as empty: ports are then picked anew."""
    try:
        return _parse(json.loads(paths.state_file.read_text(encoding="utf-8")))
    except (FileNotFoundError, ValueError, KeyError, TypeError, AttributeError):
        return State()


def write_state(paths: HomePaths, state: State) -> None:
    """Replace the state on disk; the caller holds the keeper's lock."""
    engines = {engine.value: asdict(record) for engine, record in state.engines.items()}
    keeper = asdict(state.keeper) if state.keeper else None
    write_private(paths.state_file, json.dumps({"keeper": keeper, "engines": engines}))


def _parse(raw: dict[str, dict[str, dict[str, object]]]) -> State:
    engines = {Engine(name): _parse_record(record) for name, record in raw["engines"].items()}
    return State(keeper=_parse_process(raw["keeper"]), engines=engines)


def _parse_record(raw: dict[str, object]) -> EngineRecord:
    ports = raw["ports"]
    if not isinstance(ports, dict):
        raise TypeError("ports must be an object")
    return EngineRecord(
        status=Status(str(raw["status"])),
        ports={str(name): int(port) for name, port in ports.items()},
        process=_parse_process(raw["process"]),
        failures=int(str(raw["failures"])),
        error=str(raw["error"]),
    )


def _parse_process(raw: object) -> ProcessId | None:
    if not isinstance(raw, dict):
        return None
    return ProcessId(pid=int(raw["pid"]), created_at=float(raw["created_at"]))
