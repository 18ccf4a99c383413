from datetime import timedelta

import pytest

from services.shared.domain.errors import UnavailableError
from services.shared.domain.ids import UserId, new_uuid
from services.user.application.log_out import LogOut, LogOutRequest
from services.user.application.refresh_session import RefreshSession, RefreshSessionRequest
from services.user.application.verify_access_token import VerifyAccessToken
from services.user.application.views import TokensView
from services.user.domain.errors import SessionEndedError, TokenInvalidError
from services.user.domain.refresh_token import GRACE, LIFETIME
from services.user.domain.security import AccessClaims
from tests.unit.services.user.fakes import World
from tests.unit.services.user.test_logging_in import log_in, register

JUST_AFTER_GRACE = GRACE + timedelta(seconds=1)


async def refresh(world: World, token: str) -> TokensView:
    command = RefreshSession(world.unit_of_work, world.sessions, world.clock)
    return (await command(RefreshSessionRequest(refresh_token=token))).tokens


async def log_out(world: World, token: str) -> None:
    await LogOut(world.unit_of_work, world.sessions, world.clock)(LogOutRequest(refresh_token=token))


def verifier(world: World) -> VerifyAccessToken:
    return VerifyAccessToken(world.issuer, world.store, world.memory, world.clock)


async def test_each_refresh_hands_out_the_next_token_of_the_same_session() -> None:
    world = World()
    session = await register(world)
    second = await refresh(world, session.tokens.refresh_token)
    third = await refresh(world, second.refresh_token)
    assert len({session.tokens.refresh_token, second.refresh_token, third.refresh_token}) == 3
    sessions = {world.issuer.issued[t.access_token].session_id for t in (session.tokens, second, third)}
    assert len(sessions) == 1
    assert (await verifier(world)(third.access_token)).user_id == session.user.user_id


async def test_a_repeat_within_the_grace_gives_the_same_successor_and_forks_nothing() -> None:
    world = World()
    token = (await register(world)).tokens.refresh_token
    lost = await refresh(world, token)
    world.clock.pass_time(GRACE)
    repeated = await refresh(world, token)
    assert repeated.refresh_token == lost.refresh_token
    assert sum(known.used_at is None for known in world.memory.tokens.values()) == 1


async def test_a_used_token_that_comes_back_ends_the_session_for_both_parties() -> None:
    world = World()
    session = await register(world)
    stolen = session.tokens.refresh_token
    current = await refresh(world, stolen)
    world.clock.pass_time(JUST_AFTER_GRACE)
    with pytest.raises(SessionEndedError):
        await refresh(world, stolen)
    with pytest.raises(SessionEndedError):
        await refresh(world, current.refresh_token)
    with pytest.raises(SessionEndedError):
        await verifier(world)(current.access_token)
    assert world.event_names == ["UserRegistered", "RefreshTokenReused"]


async def test_ending_one_session_leaves_the_others() -> None:
    world = World()
    first = (await register(world)).tokens
    other = (await log_in(world)).tokens
    await log_out(world, first.refresh_token)
    with pytest.raises(SessionEndedError):
        await verifier(world)(first.access_token)
    with pytest.raises(SessionEndedError):
        await refresh(world, first.refresh_token)
    assert (await verifier(world)(other.access_token)).user_id in world.memory.users
    assert (await refresh(world, other.refresh_token)).refresh_token == f"{other.refresh_token}+"


async def test_logging_out_twice_or_with_a_stranger_token_is_no_error() -> None:
    world = World()
    token = (await register(world)).tokens.refresh_token
    await log_out(world, token)
    await log_out(world, token)
    await log_out(world, "never issued")


async def test_a_token_that_was_never_issued_or_has_run_out_is_refused() -> None:
    world = World()
    token = (await register(world)).tokens.refresh_token
    with pytest.raises(TokenInvalidError):
        await refresh(world, "never issued")
    world.clock.pass_time(LIFETIME)
    with pytest.raises(SessionEndedError):
        await refresh(world, token)


async def test_a_session_in_use_outlives_its_first_token() -> None:
    world = World()
    token = (await register(world)).tokens.refresh_token
    for _ in range(5):
        world.clock.pass_time(LIFETIME * 0.9)
        token = (await refresh(world, token)).refresh_token


async def test_a_store_that_lost_everything_logs_nobody_out() -> None:
    world = World()
    tokens = (await register(world)).tokens
    world.store.known.clear()
    identity = await verifier(world)(tokens.access_token)
    assert "finance:read" in identity.scopes
    assert list(world.store.known.values()) == [identity.user_id], "it is remembered again"
    assert world.store.ttls[-1] == 60, "and only for a minute"


async def test_a_store_that_is_down_lets_nobody_in_who_was_logged_out() -> None:
    world = World()
    tokens = (await register(world)).tokens
    world.store.is_down = True
    assert (await verifier(world)(tokens.access_token)).user_id in world.memory.users
    with pytest.raises(UnavailableError):
        await log_out(world, tokens.refresh_token)
    with pytest.raises(SessionEndedError):
        await verifier(world)(tokens.access_token)
    world.store.is_down = False
    await log_out(world, tokens.refresh_token)
    with pytest.raises(SessionEndedError):
        await verifier(world)(tokens.access_token)


async def test_a_token_whose_session_is_another_users_is_refused() -> None:
    world = World()
    own = world.issuer.issued[(await register(world)).tokens.access_token]
    forged = AccessClaims(user_id=UserId(new_uuid()), session_id=own.session_id, scopes=own.scopes)
    with pytest.raises(TokenInvalidError):
        await verifier(world)(world.issuer.issue(forged, world.clock.now()))
