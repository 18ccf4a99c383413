"""The Kafka publisher and subscription, on a Kafka broker."""

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator, Collection, Sequence
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime
from uuid import UUID, uuid4

import pytest
from aiokafka import AIOKafkaConsumer, TopicPartition
from aiokafka.admin import AIOKafkaAdminClient, NewTopic

from data.kafka import KafkaPublisher, KafkaSubscription
from data.outbox.records import Deliver, HeldBackError, OutboxRecord
from tests.servers.lossy_proxy import LossyProxy

pytestmark = pytest.mark.servers

PARTITIONS = 3


def a_record(topic: str, key: str | None = None, number: int = 0) -> OutboxRecord:
    return OutboxRecord(
        event_id=uuid4(),
        topic=topic,
        name="StatementImported",
        key=key or str(uuid4()),
        occurred_at=datetime(2026, 3, 31, 18, 29, 59, 123_456, tzinfo=UTC),
        payload={"number": number, "amount": "1234.50", "payee": "किराना ₹"},
    )


@pytest.fixture
async def topic(kafka_bootstrap: str) -> str:
    """A topic that no other test has, with several partitions."""
    name = f"financial-{uuid4().hex}"
    admin = AIOKafkaAdminClient(bootstrap_servers=kafka_bootstrap)
    await admin.start()
    await admin.create_topics([NewTopic(f"nivesh.{name}", num_partitions=PARTITIONS, replication_factor=1)])
    await admin.close()
    return name


@pytest.fixture
async def publisher(kafka_bootstrap: str) -> AsyncIterator[KafkaPublisher]:
    publisher = KafkaPublisher(kafka_bootstrap)
    await publisher.start()
    yield publisher
    await publisher.stop()


class Inbox:
    """A handler that keeps what it was given, and lets a test wait for the n-th record."""

    def __init__(self) -> None:
        self.records: list[OutboxRecord] = []
        self._arrived = asyncio.Condition()

    async def __call__(self, records: Sequence[OutboxRecord]) -> Sequence[Exception | None]:
        async with self._arrived:
            self.records.extend(records)
            self._arrived.notify_all()
        return [None] * len(records)

    async def wait_for(self, count: int) -> list[OutboxRecord]:
        async with self._arrived:
            await self._arrived.wait_for(lambda: len(self.records) >= count)
        return self.records

    async def wait_for_record(self, record: OutboxRecord) -> list[OutboxRecord]:
        async with self._arrived:
            await self._arrived.wait_for(lambda: record in self.records)
        return self.records


@asynccontextmanager
async def consuming(bootstrap: str, topics: Collection[str], group: str, deliver: Deliver) -> AsyncIterator[None]:
    consumer = asyncio.create_task(KafkaSubscription(bootstrap, group=group, topics=topics).run(deliver))
    try:
        yield
    finally:
        consumer.cancel()
        with suppress(asyncio.CancelledError):
            await consumer


async def committed(bootstrap: str, topic: str, group: str) -> int:
    """How many records of the topic the group has done with."""
    consumer = AIOKafkaConsumer(bootstrap_servers=bootstrap, group_id=group, enable_auto_commit=False)
    await consumer.start()
    try:
        offsets = [await consumer.committed(TopicPartition(f"nivesh.{topic}", number)) for number in range(PARTITIONS)]
    finally:
        await consumer.stop()
    return sum(offset or 0 for offset in offsets)


async def until_committed(bootstrap: str, topic: str, group: str, count: int) -> None:
    async with asyncio.timeout(30):
        while await committed(bootstrap, topic, group) != count:
            pass


async def test_a_record_arrives_as_it_was_sent(kafka_bootstrap: str, topic: str, publisher: KafkaPublisher) -> None:
    sent, inbox = a_record(topic), Inbox()

    assert list(await publisher.publish([sent])) == [None]
    async with consuming(kafka_bootstrap, [topic], "round-trip", inbox):
        received = await inbox.wait_for(1)

    assert received == [sent]


async def test_records_of_a_key_keep_their_order(kafka_bootstrap: str, topic: str, publisher: KafkaPublisher) -> None:
    keys = [str(uuid4()) for _ in range(8)]
    sent = [a_record(topic, keys[number % len(keys)], number) for number in range(400)]
    inbox = Inbox()

    async with consuming(kafka_bootstrap, [topic], "order", inbox):
        for start in range(0, len(sent), 50):
            await publisher.publish(sent[start : start + 50])
        received = await inbox.wait_for(len(sent))

    by_key: defaultdict[str, list[UUID]] = defaultdict(list)
    for record in received:
        by_key[record.key].append(record.event_id)
    assert by_key == {key: [record.event_id for record in sent if record.key == key] for key in keys}


async def test_a_record_whose_handler_fails_comes_again_before_those_behind_it(
    kafka_bootstrap: str, topic: str, publisher: KafkaPublisher
) -> None:
    first, second = (a_record(topic, "one-key", number) for number in range(2))
    inbox, attempts = Inbox(), 0

    async def fail_once(records: Sequence[OutboxRecord]) -> Sequence[Exception | None]:
        nonlocal attempts
        attempts += 1
        if attempts == 1:
            return [ConnectionError("the store is away"), *(HeldBackError() for _ in records[1:])]
        return await inbox(records)

    await publisher.publish([first, second])
    async with consuming(kafka_bootstrap, [topic], "failure", fail_once):
        received = await inbox.wait_for(2)

    assert received == [first, second]


async def test_only_what_was_not_delivered_comes_again_and_the_rest_is_committed(
    kafka_bootstrap: str, topic: str, publisher: KafkaPublisher
) -> None:
    sent = [a_record(topic, "one-key", number) for number in range(4)]
    inbox = Inbox()

    async def fail_on_the_third(records: Sequence[OutboxRecord]) -> Sequence[Exception | None]:
        await inbox(records)
        return [ConnectionError("the store is away") if record == sent[2] else None for record in records]

    await publisher.publish(sent)
    async with consuming(kafka_bootstrap, [topic], "third", fail_on_the_third):
        await inbox.wait_for(6)
        await until_committed(kafka_bootstrap, topic, "third", 2)

    assert inbox.records[:4] == sent
    assert inbox.records[4:6] == [sent[2]] * 2


async def test_a_record_that_was_not_handled_goes_to_the_next_consumer_of_the_group(
    kafka_bootstrap: str, topic: str, publisher: KafkaPublisher
) -> None:
    sent, started, inbox = a_record(topic), asyncio.Event(), Inbox()

    async def die_in_the_middle(_: Sequence[OutboxRecord]) -> Sequence[Exception | None]:
        started.set()
        await asyncio.Event().wait()
        raise AssertionError

    await publisher.publish([sent])
    async with consuming(kafka_bootstrap, [topic], "handover", die_in_the_middle):
        await started.wait()
    assert await committed(kafka_bootstrap, topic, "handover") == 0

    async with consuming(kafka_bootstrap, [topic], "handover", inbox):
        received = await inbox.wait_for(1)

    assert received == [sent]


async def test_a_group_does_a_record_once_and_another_group_gets_its_own(
    kafka_bootstrap: str, topic: str, publisher: KafkaPublisher
) -> None:
    sent = [a_record(topic, "one-key", number) for number in range(3)]
    mine, other = Inbox(), Inbox()

    await publisher.publish(sent[:2])
    async with consuming(kafka_bootstrap, [topic], "mine", mine):
        await mine.wait_for(2)
        await until_committed(kafka_bootstrap, topic, "mine", 2)
    await publisher.publish(sent[2:])
    async with consuming(kafka_bootstrap, [topic], "mine", mine), consuming(kafka_bootstrap, [topic], "other", other):
        await mine.wait_for_record(sent[2])
        await other.wait_for(3)

    assert mine.records == sent
    assert other.records == sent


async def test_a_record_sent_again_because_its_answer_was_lost_is_there_once(
    kafka_bootstrap: str, kafka_ports: dict[str, int], kafka_proxy: LossyProxy, topic: str
) -> None:
    sent = [a_record(topic, "one-key", number) for number in range(3)]
    inbox = Inbox()
    publisher = KafkaPublisher(f"127.0.0.1:{kafka_ports['proxy']}")
    await publisher.start()
    try:
        assert list(await publisher.publish(sent[:1])) == [None]
        kafka_proxy.lose_next_answer()
        assert list(await publisher.publish(sent[1:2])) == [None]
        assert list(await publisher.publish(sent[2:])) == [None]
    finally:
        await publisher.stop()

    async with consuming(kafka_bootstrap, [topic], "lost-answer", inbox):
        received = await inbox.wait_for_record(sent[2])
    assert kafka_proxy.answers_lost == 1
    assert received == sent


async def test_who_has_lost_the_broker_joins_again_when_it_is_back(
    kafka_ports: dict[str, int], topic: str, publisher: KafkaPublisher
) -> None:
    sent, inbox, refused = a_record(topic), Inbox(), asyncio.Event()
    port = kafka_ports["proxy"]

    async def refuse(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.close()
        refused.set()

    await publisher.publish([sent])
    away = await asyncio.start_server(refuse, "127.0.0.1", port)
    async with asyncio.timeout(60), consuming(f"127.0.0.1:{port}", [topic], "back", inbox):
        await refused.wait()
        away.close()
        await away.wait_closed()
        async with LossyProxy(port, kafka_ports["proxied"]) as proxy:
            await inbox.wait_for(1)
            proxy.cut()
            again = a_record(topic)
            await publisher.publish([again])
            received = await inbox.wait_for(2)

    assert received == [sent, again]
