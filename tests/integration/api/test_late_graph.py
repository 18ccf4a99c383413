"""The reasoning graph is not part of a start, is loaded once, and a failure to load it is not kept."""

from __future__ import annotations

import asyncio
import subprocess
import sys

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from api.late_graph import LateGraph
from data.embedded import EngineAddress
from tests.support.server import free_port

KEYS = {"test": bytes(32)}


def test_a_start_does_not_import_langgraph_or_pandas() -> None:
    code = "import sys, api.cli.serving; print({'langgraph', 'langchain_core', 'pandas', 'pyarrow'} & set(sys.modules))"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False).stdout == "set()\n"


@pytest.mark.usefixtures("postgres_engine")
async def test_calls_that_come_together_get_one_graph(postgres_address: EngineAddress) -> None:
    async with LateGraph(postgres_address.url, KEYS) as graph:
        first, *others = await asyncio.gather(*(graph() for _ in range(5)))
        assert all(other is first for other in others)
        assert await graph() is first


async def test_a_failure_is_told_to_each_and_the_next_call_tries_again(
    postgres_address: EngineAddress, postgres_engine: AsyncEngine
) -> None:
    away = f"postgresql://nobody@127.0.0.1:{free_port()}/nothing"
    async with LateGraph(away, KEYS) as graph:
        for _ in range(2):
            with pytest.raises(OSError, match=r"[Cc]onnect"):
                await graph()
        graph._url = postgres_address.url
        assert (await graph()).name == "turn"
