"""What every `BranchReader` must do."""

from services.conversation.domain.branches.branch import Line, TurnPlace
from services.conversation.domain.conversation import Conversation
from services.conversation.domain.run import Run, RunState
from services.shared.domain.ids import ConversationId, RunId, UserId, new_uuid
from tests.contract.services.conversation.conftest import Store, result_of


class Tree:
    """Grows a conversation turn by turn."""

    def __init__(self, store: Store, conversation: Conversation) -> None:
        self._store = store
        self.conversation = conversation

    async def turn(self, after: Run | None = None, replaces: Run | None = None, *, ends: str = "completed") -> Run:
        run = self._store.run(self.conversation, after=after, replaces=replaces, minutes=1)
        await self._store.accept(run)
        match ends:
            case "completed":
                await self._store.finish(run, result_of(f"answer of {run.id}"))
            case "failed":
                await self._store.fail(run)
            case "cancelled":
                await self._store.cancel(run)
        return run

    async def history(self, last: Run, limit: int = 10) -> list[RunId]:
        said = await self._store.branches.history(last.id, self.conversation.id, self._store.user_id, limit)
        assert [message.role for message in said] == ["user", "assistant"] * (len(said) // 2)
        return [message.run_id for message in said[::2]]

    async def line(self, last: Run, limit: int = 10, *, including: bool = True) -> Line:
        return await self._store.branches.line(
            last.id, self.conversation.id, self._store.user_id, including=including, limit=limit
        )

    async def end(self, run: Run) -> RunId | None:
        return await self._store.branches.newest_end(run.id, self.conversation.id, self._store.user_id)


async def test_history_is_of_one_branch_and_passes_over_what_was_not_answered(store: Store) -> None:
    tree = Tree(store, await store.open())
    first = await tree.turn()
    second = await tree.turn(first)
    failed = await tree.turn(second, ends="failed")
    cancelled = await tree.turn(failed, ends="cancelled")
    third = await tree.turn(cancelled)
    edited = await tree.turn(first, replaces=second)
    after_edit = await tree.turn(edited)

    assert await tree.history(third) == [first.id, second.id, third.id]
    assert await tree.history(third, 2) == [second.id, third.id]
    assert await tree.history(failed) == [first.id, second.id]
    assert await tree.history(after_edit) == [first.id, edited.id, after_edit.id]


async def test_a_line_has_what_was_said_in_pages_and_the_versions_of_each_turn(store: Store) -> None:
    tree = Tree(store, await store.open())
    first = await tree.turn()
    second = await tree.turn(first)
    third = await tree.turn(second, ends="cancelled")
    again = await tree.turn(first, replaces=second)
    await tree.turn(first, replaces=again, ends="failed")

    newest = await tree.line(third, 2)
    versions = (second.id, again.id)
    assert newest == Line(
        (TurnPlace(second.id, first.id, versions), TurnPlace(third.id, second.id, (third.id,))), second.id
    )
    assert await tree.line(second, 2, including=False) == Line((TurnPlace(first.id, None, (first.id,)),), None)
    assert await tree.line(first, 2, including=False) == Line((), None)
    assert [place.run_id for place in (await tree.line(again)).turns] == [first.id, again.id]


async def test_the_newest_end_is_the_last_turn_that_follows(store: Store) -> None:
    tree = Tree(store, await store.open())
    first = await tree.turn()
    second = await tree.turn(first)
    third = await tree.turn(second)
    edited = await tree.turn(first, replaces=second)
    failed = await tree.turn(second, replaces=third, ends="failed")
    assert await tree.end(second) == third.id
    assert await tree.end(first) == edited.id
    assert await tree.end(third) == third.id
    assert await tree.end(failed) == failed.id


async def test_versions_are_told_from_each_other(store: Store) -> None:
    tree = Tree(store, await store.open())
    first = await tree.turn()
    edited = await tree.turn(replaces=first, ends="failed")
    following = await tree.turn(first)
    place = (tree.conversation.id, store.user_id)
    versions = await store.branches.versions(edited.id, *place)
    assert [(one.run_id, one.replaces_id, one.state) for one in versions] == [
        (first.id, None, RunState.COMPLETED),
        (edited.id, first.id, RunState.FAILED),
    ]
    assert versions[0].answer == f"answer of {first.id}"
    assert [one.run_id for one in await store.branches.versions(following.id, *place)] == [following.id]
    async with store.unit_of_work() as unit:
        assert [await unit.runs.count_versions(run) for run in (first, following)] == [2, 1]


async def test_nobody_reads_another_persons_or_another_conversations_branch(store: Store) -> None:
    tree = Tree(store, await store.open())
    run = await tree.turn()
    for conversation_id, user_id in (
        (tree.conversation.id, UserId(new_uuid())),
        (ConversationId(new_uuid()), store.user_id),
    ):
        assert await store.branches.history(run.id, conversation_id, user_id, 10) == []
        assert await store.branches.line(run.id, conversation_id, user_id, including=True, limit=5) == Line((), None)
        assert await store.branches.newest_end(run.id, conversation_id, user_id) is None
        assert await store.branches.versions(run.id, conversation_id, user_id) == []
