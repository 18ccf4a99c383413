"""What every `AnalyticsLog` must do: on chdb, and by NIVESH_TEST_CLICKHOUSE_URL on a ClickHouse server."""

import os
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import orjson
import pytest

from data.clickhouse import ClickHouse
from services.shared.application.event_record import EventRecord
from services.shared.domain.ids import UserId, new_uuid
from services.shared.infrastructure.events_log import ClickHouseAnalyticsLog, EventsLogProjection


@pytest.fixture(scope="session")
async def clickhouse(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[ClickHouse]:
    url = os.environ.get("NIVESH_TEST_CLICKHOUSE_URL")
    path: Path = tmp_path_factory.mktemp("clickhouse")
    store = ClickHouse.server(url) if url else ClickHouse.embedded(path)
    yield store
    await store.close()


def record_of(user_id: UserId, name: str = "GoalCreated", topic: str = "goals") -> EventRecord:
    return EventRecord(
        event_id=new_uuid(),
        topic=topic,
        name=name,
        user_id=user_id,
        occurred_at=datetime(2026, 11, 24, 18, 30, 0, 123_456, tzinfo=UTC),
        payload={"amount": "1234.50", "name": "घर 'x' \\ \"", "tools": ["a", "b"], "none": None},
    )


async def rows_of(clickhouse: ClickHouse, user_id: UserId) -> list[dict[str, object]]:
    return await clickhouse.query(
        "SELECT * FROM events_log FINAL WHERE user_id = {user_id:UUID} ORDER BY event_id", {"user_id": str(user_id)}
    )


async def test_an_event_comes_back_whole(clickhouse: ClickHouse, unique_user: UserId) -> None:
    record = record_of(unique_user)
    await ClickHouseAnalyticsLog(clickhouse).record([record])
    (row,) = await rows_of(clickhouse, unique_user)
    occurred_at = row["occurred_at"]
    assert isinstance(occurred_at, datetime)
    assert occurred_at.replace(tzinfo=UTC) == record.occurred_at.replace(microsecond=123_000)
    assert (row["event_id"], row["name"], row["topic"]) == (record.event_id, "GoalCreated", "goals")
    assert isinstance(row["event_id"], UUID)
    assert orjson.loads(str(row["payload"])) == record.payload


async def test_the_same_event_again_counts_once(clickhouse: ClickHouse, unique_user: UserId) -> None:
    log, record = ClickHouseAnalyticsLog(clickhouse), record_of(unique_user)
    await log.record([record, record])
    await log.record([record])
    await ClickHouseAnalyticsLog(clickhouse).record([record])
    assert len(await rows_of(clickhouse, unique_user)) == 1


async def test_events_of_one_moment_all_stay(clickhouse: ClickHouse, unique_user: UserId) -> None:
    records = [record_of(unique_user) for _ in range(50)]
    await ClickHouseAnalyticsLog(clickhouse).record(records)
    rows = await rows_of(clickhouse, unique_user)
    assert {row["event_id"] for row in rows} == {record.event_id for record in records}


async def test_no_events_are_no_rows(clickhouse: ClickHouse, unique_user: UserId) -> None:
    log = ClickHouseAnalyticsLog(clickhouse)
    await log.record([record_of(UserId(new_uuid()))])
    await log.record([])
    assert await rows_of(clickhouse, unique_user) == []


async def test_the_projection_logs_whatever_comes_on_its_topics(clickhouse: ClickHouse, unique_user: UserId) -> None:
    projection = EventsLogProjection(ClickHouseAnalyticsLog(clickhouse), frozenset({"goals", "user"}))
    await projection.handle(record_of(unique_user, name="NeverHeardOf", topic="user"))
    (row,) = await rows_of(clickhouse, unique_user)
    assert (row["name"], row["topic"]) == ("NeverHeardOf", "user")
    assert projection.topics == {"goals", "user"}


async def test_of_an_erased_person_nothing_stays(clickhouse: ClickHouse, unique_user: UserId) -> None:
    projection = EventsLogProjection(ClickHouseAnalyticsLog(clickhouse), frozenset({"goals", "user"}))
    other = UserId(new_uuid())
    for user_id in (unique_user, other):
        await projection.handle(record_of(user_id))
    for _ in range(2):
        await projection.handle(record_of(unique_user, "UserErased", "user"))
    assert await rows_of(clickhouse, unique_user) == []
    assert len(await rows_of(clickhouse, other)) == 1
