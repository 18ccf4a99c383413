"""The keeper's own copy of the state, written out at every change."""

from collections.abc import Mapping
from dataclasses import replace

from data.embedded.address import Engine
from data.embedded.paths import HomePaths
from data.embedded.process import ProcessId
from data.embedded.state import EngineRecord, Status, read_state, write_state


class StateBoard:
    """Begins with what the last keeper left: ports, failures, and engines that may still run."""

    def __init__(self, paths: HomePaths, keeper: ProcessId) -> None:
        self._paths = paths
        self._state = replace(read_state(paths), keeper=keeper)
        write_state(paths, self._state)

    def record(self, engine: Engine) -> EngineRecord:
        """What is known of the engine."""
        return self._state.record(engine)

    def known(self) -> frozenset[Engine]:
        """The engines that a former keeper may have left running."""
        return frozenset(engine for engine, record in self._state.engines.items() if record.process is not None)

    def taken_ports(self) -> frozenset[int]:
        """Every port that some engine of the home has, running or not."""
        return frozenset(port for record in self._state.engines.values() for port in record.ports.values())

    def starting(self, engine: Engine, ports: Mapping[str, int]) -> None:
        """It is about to be launched on these ports; written before, so that its orphan could be found."""
        self._put(engine, replace(self.record(engine), status=Status.STARTING, ports=ports, process=None))

    def launched(self, engine: Engine, process: ProcessId) -> None:
        """It runs, but does not answer yet."""
        self._put(engine, replace(self.record(engine), process=process))

    def ready(self, engine: Engine) -> None:
        """It serves."""
        self._put(engine, replace(self.record(engine), status=Status.READY, error=""))

    def failed(self, engine: Engine, error: str) -> None:
        """It did not come up; users who waited for this attempt get the error."""
        record = self.record(engine)
        failed = replace(record, status=Status.FAILED, process=None, failures=record.failures + 1, error=error)
        self._put(engine, failed)

    def stopped(self, engine: Engine) -> None:
        """It was stopped in good order."""
        self._put(engine, replace(self.record(engine), status=Status.STOPPED, process=None))

    def stopping(self) -> None:
        """Nobody may be handed an engine from now on."""
        for engine, record in self._state.engines.items():
            self._state = self._state.with_record(engine, replace(record, status=Status.STOPPING))
        write_state(self._paths, self._state)

    def keeper_left(self) -> None:
        """The next user has to start a keeper."""
        self._state = replace(self._state, keeper=None)
        write_state(self._paths, self._state)

    def _put(self, engine: Engine, record: EngineRecord) -> None:
        self._state = self._state.with_record(engine, record)
        write_state(self._paths, self._state)
