from services.shared.domain.ids import UserId, new_uuid
from services.user.domain.refresh_token import SessionId
from services.user.domain.security import Session
from services.user.infrastructure.local_session_store import LocalSessionStore
from tests.unit.services.user.fakes import START, MemorySessionStore


def session() -> Session:
    return Session(id=SessionId(new_uuid()), user_id=UserId(new_uuid()), created_at=START)


class Seconds:
    """A monotonic clock in the test's hand."""

    def __init__(self) -> None:
        self.value = 100.0

    def __call__(self) -> float:
        return self.value


async def test_the_shared_store_is_asked_again_after_its_time_only() -> None:
    shared, seconds, known = MemorySessionStore(), Seconds(), session()
    store = LocalSessionStore(shared, seconds=5, now=seconds)
    await store.remember(known, 60)
    shared.known.clear()
    seconds.value += 4.9
    assert await store.owner_of(known.id, START) == known.user_id
    seconds.value += 0.2
    assert await store.owner_of(known.id, START) is None


async def test_a_log_out_here_counts_at_once() -> None:
    shared, known = MemorySessionStore(), session()
    store = LocalSessionStore(shared)
    await store.remember(known, 60)
    await store.forget(known.id)
    assert await store.owner_of(known.id, START) is None
    assert shared.known == {}


async def test_that_a_session_is_unknown_is_not_remembered() -> None:
    shared, known = MemorySessionStore(), session()
    store = LocalSessionStore(shared)
    assert await store.owner_of(known.id, START) is None
    shared.known[known.id] = known.user_id
    assert await store.owner_of(known.id, START) == known.user_id


async def test_the_least_recently_learned_goes_when_it_is_full() -> None:
    shared = MemorySessionStore()
    store = LocalSessionStore(shared, limit=2)
    first, second, third = session(), session(), session()
    for known in (first, second, third):
        await store.remember(known, 60)
    shared.known.clear()
    assert await store.owner_of(first.id, START) is None
    assert await store.owner_of(second.id, START) == second.user_id
    assert await store.owner_of(third.id, START) == third.user_id
