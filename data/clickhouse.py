"""ClickHouse through clickhouse-connect: a server by URL, or chdb inside this process."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from clickhouse_connect.driver.client import Client

T = TypeVar("T")


class ClickHouse:
    """An asyncio face of the synchronous client. It opens at the first use, for chdb takes 300 MB.

    Calls run on `threads` threads with a client each; chdb gets one, as its engine is one per process.
    """

    def __init__(self, connect: Callable[[], Client], *, threads: int) -> None:
        self._connect = connect
        self._threads = ThreadPoolExecutor(threads, thread_name_prefix="clickhouse")
        self._clients: list[Client] = []
        self._idle: list[Client] = []

    @classmethod
    def server(cls, url: str) -> ClickHouse:
        """A server, e.g. `clickhouse://user:password@host:8123/nivesh`."""
        return cls(lambda: _client(dsn=url, autogenerate_session_id=False), threads=4)

    @classmethod
    def embedded(cls, path: Path) -> ClickHouse:
        """The in-process engine on `path`, which this process must have claimed."""
        return cls(lambda: _client(interface="chdb", path=str(path)), threads=1)

    async def command(self, sql: str) -> None:
        """Run a statement that returns no rows."""
        await self._run(lambda client: client.command(sql))

    async def insert(self, table: str, columns: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
        """Append rows; durable when it returns."""
        await self._run(lambda client: client.insert(table, rows, column_names=list(columns)))

    async def query(self, sql: str, parameters: dict[str, Any] | None = None) -> list[dict[str, Any]]:
        """The rows as dicts by column name. Parameters are bound by the server: `{name:Type}`."""

        def select(client: Client) -> list[dict[str, Any]]:
            result = client.query(sql, parameters=parameters)
            return [dict(zip(result.column_names, row, strict=True)) for row in result.result_rows]

        return await self._run(select)

    async def close(self) -> None:
        """Let running calls end, then close the clients."""
        await asyncio.to_thread(self._threads.shutdown, wait=True)
        for client in self._clients:
            client.close()

    async def _run(self, call: Callable[[Client], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._threads, self._call, call)

    def _call(self, call: Callable[[Client], T]) -> T:
        client = self._idle.pop() if self._idle else self._open()
        try:
            return call(client)
        finally:
            self._idle.append(client)

    def _open(self) -> Client:
        client = self._connect()
        self._clients.append(client)
        return client


def _client(**options: Any) -> Client:
    # A start need not wait for the driver: it is loaded with the first client.
    import clickhouse_connect

    return clickhouse_connect.get_client(**options)
