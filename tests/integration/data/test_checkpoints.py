"""The saver beside LangGraph's own in memory: the same contract, and what it keeps beyond the process."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any
from uuid import uuid4

import pytest
from langchain_core.runnables import RunnableConfig
from langgraph.checkpoint.base import BaseCheckpointSaver, Checkpoint, empty_checkpoint
from langgraph.checkpoint.memory import InMemorySaver
from langgraph.checkpoint.serde.jsonplus import JsonPlusSerializer

from data.checkpoints import PostgresCheckpoints, open_checkpoints
from data.embedded import EngineAddress


@pytest.fixture
async def ours(postgres_address: EngineAddress) -> AsyncIterator[PostgresCheckpoints]:
    async with open_checkpoints(postgres_address.url, JsonPlusSerializer()) as saver:
        yield saver


@pytest.fixture(params=["memory", "postgres"])
async def saver(request: pytest.FixtureRequest, ours: PostgresCheckpoints) -> BaseCheckpointSaver[Any]:
    return ours if request.param == "postgres" else InMemorySaver()


def thread() -> RunnableConfig:
    return {"configurable": {"thread_id": uuid4().hex, "checkpoint_ns": ""}}


def checkpoint(**values: Any) -> Checkpoint:
    made = empty_checkpoint()
    made["channel_values"] = values
    return made


async def put(saver: BaseCheckpointSaver[Any], config: RunnableConfig, step: int, **values: Any) -> RunnableConfig:
    made = checkpoint(**values)
    made["channel_versions"] = dict.fromkeys(values, step)
    return await saver.aput(config, made, {"source": "loop", "step": step}, made["channel_versions"])


async def test_the_newest_checkpoint_comes_back_with_its_parent(saver: BaseCheckpointSaver[Any]) -> None:
    config = thread()
    assert await saver.aget_tuple(config) is None
    first = await put(saver, config, 1, turn=["a"])
    second = await put(saver, first, 2, turn=["a", "b"])
    found = await saver.aget_tuple(config)
    assert found is not None
    assert found.checkpoint["channel_values"] == {"turn": ["a", "b"]}
    assert found.metadata["step"] == 2
    assert found.config["configurable"]["checkpoint_id"] == second["configurable"]["checkpoint_id"]
    assert found.parent_config is not None
    assert found.parent_config["configurable"]["checkpoint_id"] == first["configurable"]["checkpoint_id"]
    older = await saver.aget_tuple(first)
    assert older is not None
    assert older.checkpoint["channel_values"] == {"turn": ["a"]}


async def test_checkpoints_are_listed_newest_first(saver: BaseCheckpointSaver[Any]) -> None:
    config = thread()
    at = config
    for step in (1, 2, 3):
        at = await put(saver, at, step, turn=[step])
    listed = [one.metadata["step"] async for one in saver.alist(config)]
    assert listed == [3, 2, 1]
    assert [one.metadata["step"] async for one in saver.alist(config, limit=1)] == [3]
    assert [one.metadata["step"] async for one in saver.alist(config, before=at)] == [2, 1]
    assert [one.metadata["step"] async for one in saver.alist(config, filter={"step": 2})] == [2]


async def test_pending_writes_come_with_their_checkpoint(saver: BaseCheckpointSaver[Any]) -> None:
    config = await put(saver, thread(), 1, turn=["a"])
    await saver.aput_writes(config, [("turn", ["b"]), ("rounds", 1)], "task")
    await saver.aput_writes(config, [("__interrupt__", "wait")], "task")
    found = await saver.aget_tuple(config)
    assert found is not None
    assert sorted(found.pending_writes or [], key=lambda write: write[1]) == [
        ("task", "__interrupt__", "wait"),
        ("task", "rounds", 1),
        ("task", "turn", ["b"]),
    ]


async def test_a_deleted_thread_is_gone(saver: BaseCheckpointSaver[Any]) -> None:
    config = await put(saver, thread(), 1, turn=["a"])
    await saver.adelete_thread(config["configurable"]["thread_id"])
    assert await saver.aget_tuple(config) is None


async def test_another_process_finds_steps_and_interrupts_but_not_what_can_be_made_again(
    ours: PostgresCheckpoints, postgres_address: EngineAddress
) -> None:
    beginning, stepped, waiting = thread(), thread(), thread()
    await put(ours, beginning, 0, turn=["q"])
    config = await put(ours, stepped, 1, turn=["q", "a"])
    await ours.aput_writes(config, [("turn", ["lost"])], "task")
    config = await put(ours, waiting, 0, turn=["q"])
    await ours.aput_writes(config, [("turn", ["kept"])], "other")
    await ours.aput_writes(config, [("__interrupt__", "wait")], "task")
    async with open_checkpoints(postgres_address.url, JsonPlusSerializer()) as heir:
        assert await heir.aget_tuple(beginning) is None
        found = await heir.aget_tuple(stepped)
        assert found is not None
        assert (found.checkpoint["channel_values"], found.pending_writes) == ({"turn": ["q", "a"]}, [])
        found = await heir.aget_tuple(waiting)
        assert found is not None
        assert found.checkpoint["channel_values"] == {"turn": ["q"]}
        assert found.pending_writes == [("other", "turn", ["kept"]), ("task", "__interrupt__", "wait")]
