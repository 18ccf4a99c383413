"""A proxy in front of a Kafka broker that can lose the answer to a produce request: it was done, nobody is told."""

import asyncio
from contextlib import suppress
from typing import Self

_PRODUCE = 0


class LossyProxy:
    """Passes frames both ways between `port` and the broker's `target` on loopback."""

    def __init__(self, port: int, target: int) -> None:
        self.answers_lost = 0
        self._lose_next = False
        self._port, self._target = port, target
        self._connections: set[asyncio.Task[None]] = set()

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._connected, "127.0.0.1", self._port)
        return self

    async def __aexit__(self, *_: object) -> None:
        self._server.close()
        self.cut()
        await asyncio.gather(*self._connections, return_exceptions=True)

    def cut(self) -> None:
        """Break off every connection."""
        for connection in self._connections:
            connection.cancel()

    def lose_next_answer(self) -> None:
        """Cut the connection in place of the next answer to a produce request."""
        self._lose_next = True

    async def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        connection = asyncio.current_task()
        assert connection is not None
        self._connections.add(connection)
        broker_reader, broker_writer = await asyncio.open_connection("127.0.0.1", self._target)
        try:
            with suppress(asyncio.IncompleteReadError, ConnectionError):
                while await self._exchange(reader, writer, broker_reader, broker_writer):
                    pass
        finally:
            writer.close()
            broker_writer.close()

    async def _exchange(
        self,
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
        broker_reader: asyncio.StreamReader,
        broker_writer: asyncio.StreamWriter,
    ) -> bool:
        """One request and its answer, in turn as the protocol has it; False when the answer was lost."""
        request = await _frame(reader)
        broker_writer.write(request)
        answer = await _frame(broker_reader)
        if self._lose_next and int.from_bytes(request[4:6], "big") == _PRODUCE:
            self._lose_next = False
            self.answers_lost += 1
            return False
        writer.write(answer)
        return True


async def _frame(reader: asyncio.StreamReader) -> bytes:
    size = await reader.readexactly(4)
    return size + await reader.readexactly(int.from_bytes(size, "big"))
