"""What every `ConversationRepository` and `ConversationReader` must do, on PostgreSQL embedded or by URL."""

import asyncio
import dataclasses
from datetime import timedelta

from services.conversation.domain.conversation import ConversationPosition, conversation_id_of
from services.conversation.domain.run import RunState
from services.shared.domain.ids import UserId, new_uuid
from tests.contract.services.conversation.conftest import NOON, Store, result_of


async def test_a_conversation_comes_back_exactly(store: Store) -> None:
    conversation = await store.open(title="घर का बजट")
    assert await store.conversations.get(conversation.id, store.user_id) == conversation
    async with store.unit_of_work() as unit:
        assert await unit.conversations.lock(conversation.id, store.user_id) == conversation


async def test_another_persons_conversation_is_not_there(store: Store) -> None:
    conversation, other = await store.open(), UserId(new_uuid())
    assert await store.conversations.get(conversation.id, other) is None
    assert await store.conversations.page(other, None, 10) == []
    async with store.unit_of_work() as unit:
        assert await unit.conversations.lock(conversation.id, other) is None


async def test_saving_keeps_title_and_time(store: Store) -> None:
    conversation = await store.open()
    changed = dataclasses.replace(conversation, title="Named", updated_at=NOON + timedelta(hours=1))
    async with store.unit_of_work() as unit:
        await unit.conversations.save(changed)
        await unit.commit()
    assert await store.conversations.get(conversation.id, store.user_id) == changed


async def test_the_list_is_paged_newest_first_without_gap_or_overlap(store: Store) -> None:
    opened = [await store.open(minutes) for minutes in (3, 1, 2, 2, 2)]
    expected = sorted(opened, key=lambda one: (one.updated_at, one.id), reverse=True)
    read, after = [], None
    while page := await store.conversations.page(store.user_id, after, 2):
        read.extend(page)
        after = ConversationPosition(page[-1].updated_at, page[-1].id)
    assert read == expected


async def test_a_deleted_conversation_is_gone_and_its_texts_erased(store: Store) -> None:
    conversation, kept = await store.open(title="secret"), await store.open(title="kept")
    run, other = store.run(conversation, key="k"), store.run(kept)
    for one in (run, other):
        await store.accept(one)
        await store.finish(one, result_of())
    await store.delete(conversation)
    assert await store.conversations.get(conversation.id, store.user_id) is None
    assert [one.id for one in await store.conversations.page(store.user_id, None, 10)] == [kept.id]
    assert await store.conversations.existing({conversation.id, kept.id}) == {kept.id}
    assert await store.branches.history(run.id, conversation.id, store.user_id, 10) == []
    erased = await store.stored(run)
    assert (erased.user_message, erased.answer, erased.citations, erased.problem) == ("", None, (), None)
    assert (erased.state, erased.prompt_tokens) == (RunState.COMPLETED, 120)
    assert (await store.stored(other)).answer == "₹5."
    async with store.unit_of_work() as unit:
        assert await unit.conversations.lock(conversation.id, store.user_id) is None


async def test_a_locked_conversation_waits_for_its_unit(store: Store) -> None:
    conversation = await store.open()
    async with store.unit_of_work() as holder:
        locked = await holder.conversations.lock(conversation.id, store.user_id)
        assert locked is not None

        async def title_seen_by_the_next() -> str:
            async with store.unit_of_work() as unit:
                found = await unit.conversations.lock(conversation.id, store.user_id)
                assert found is not None
                return found.title

        waiting = asyncio.create_task(title_seen_by_the_next())
        await holder.conversations.save(dataclasses.replace(locked, title="by the holder"))
        await holder.commit()
    assert await waiting == "by the holder"


async def test_a_conversation_is_opened_under_an_id_once(store: Store) -> None:
    taken = await store.open()
    fresh = dataclasses.replace(taken, id=conversation_id_of("my chat", store.user_id), title="fresh")
    async with store.unit_of_work() as unit:
        opened = [await unit.conversations.open(one) for one in (taken, fresh, fresh)]
        await unit.commit()

    assert opened == [False, True, False]
    assert await store.conversations.get(fresh.id, store.user_id) == fresh


async def test_the_id_of_a_deleted_conversation_stays_taken(store: Store) -> None:
    conversation = await store.open()
    await store.delete(conversation)
    async with store.unit_of_work() as unit:
        assert not await unit.conversations.open(conversation)


async def test_the_same_name_is_another_conversation_for_another_person(store: Store) -> None:
    assert conversation_id_of("chat", store.user_id) == conversation_id_of("chat", store.user_id)
    assert conversation_id_of("chat", store.user_id) != conversation_id_of("chat", UserId(new_uuid()))
