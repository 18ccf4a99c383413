"""Erasing an account: who may, what is gone at once, and that the rest is told twice."""

from __future__ import annotations

from datetime import timedelta

import pytest

from services.shared.domain.ids import UserId, new_uuid
from services.user.application.erasure.erase_account import EraseAccount, EraseAccountRequest
from services.user.application.erasure.forgetting import Forgetting
from services.user.application.erasure.reauthenticate import Reauthenticate, ReauthenticateRequest
from services.user.application.erasure.settle_erasures import SettleErasures
from services.user.application.log_in_with_firebase import LogInWithFirebase, LogInWithFirebaseRequest
from services.user.application.prove_password import ProvePassword
from services.user.domain.erasure import SETTLES_AFTER
from services.user.domain.errors import (
    StaleSignInError,
    TooManyAttemptsError,
    UserNotFoundError,
    WrongCredentialsError,
)
from services.user.domain.events import UserErased
from services.user.domain.external_identity import ExternalIdentity
from tests.unit.services.user.fakes import START, World
from tests.unit.services.user.test_logging_in import PASSWORD, Listener, log_in, register


class SignedIn:
    """ExternalIdentityVerifier: a person who signed in at a time."""

    def __init__(self, ago: timedelta | None, subject: str = "f-1") -> None:
        self._identity = ExternalIdentity(
            provider="firebase",
            subject=subject,
            email="f@example.in",
            email_verified=True,
            signed_in_at=None if ago is None else START - ago,
        )

    async def verify(self, id_token: str) -> ExternalIdentity:
        return self._identity


async def reauthenticate(world: World, request: ReauthenticateRequest, provider: SignedIn | None = None) -> None:
    prove = ProvePassword(world.unit_of_work, world.hasher, world.throttle)
    await Reauthenticate(world.unit_of_work, prove, provider or SignedIn(None), world.clock)(request)


def erasing(world: World) -> EraseAccount:
    return EraseAccount(world.unit_of_work, Forgetting(world.store, Listener()), world.clock)


async def test_the_password_is_proof_and_wrong_ones_are_counted() -> None:
    world = World()
    user_id = (await register(world)).user.user_id
    await reauthenticate(world, ReauthenticateRequest(user_id=user_id, password=PASSWORD))
    for _ in range(3):
        with pytest.raises(WrongCredentialsError, match="The password is not right"):
            await reauthenticate(world, ReauthenticateRequest(user_id=user_id, password="another"))
    with pytest.raises(TooManyAttemptsError):
        await reauthenticate(world, ReauthenticateRequest(user_id=user_id, password=PASSWORD))
    with pytest.raises(UserNotFoundError):
        await reauthenticate(world, ReauthenticateRequest(user_id=UserId(new_uuid()), password=PASSWORD))


async def test_a_sign_in_is_proof_while_it_is_fresh_and_the_persons_own() -> None:
    world, now = World(), SignedIn(timedelta(0))
    log_in_with_firebase = LogInWithFirebase(world.unit_of_work, now, world.sessions, world.clock)
    user_id = (await log_in_with_firebase(LogInWithFirebaseRequest(id_token="t"))).user.user_id
    request = ReauthenticateRequest(user_id=user_id, id_token="t")
    await reauthenticate(world, request, now)
    for stale in (SignedIn(timedelta(minutes=6)), SignedIn(None)):
        with pytest.raises(StaleSignInError):
            await reauthenticate(world, request, stale)
    with pytest.raises(WrongCredentialsError, match="sign-in is not of the person"):
        await reauthenticate(world, request, SignedIn(timedelta(0), subject="f-2"))
    with pytest.raises(WrongCredentialsError):
        await reauthenticate(world, ReauthenticateRequest(user_id=user_id, password=""))


async def test_the_user_and_all_sessions_are_gone_at_once() -> None:
    world = World()
    user_id = (await register(world)).user.user_id
    await log_in(world)
    sessions = set(world.store.known)
    view = await erasing(world)(EraseAccountRequest(user_id=user_id))
    assert (world.memory.users, world.memory.tokens, world.store.known) == ({}, {}, {})
    assert world.memory.erasures[view.id].requested_at == view.requested_at
    (told,) = [event for event in world.memory.events if isinstance(event, UserErased)]
    assert set(told.session_ids) == sessions
    with pytest.raises(WrongCredentialsError):
        await log_in(world)
    with pytest.raises(UserNotFoundError):
        await erasing(world)(EraseAccountRequest(user_id=user_id))


async def test_a_store_that_is_down_does_not_keep_an_account() -> None:
    world = World()
    user_id = (await register(world)).user.user_id
    world.store.is_down = True
    await erasing(world)(EraseAccountRequest(user_id=user_id))
    assert (world.memory.users, world.event_names) == ({}, ["UserRegistered", "UserErased"])


async def test_an_erasure_is_told_again_when_it_has_settled_and_then_forgotten() -> None:
    world = World()
    user_id = (await register(world)).user.user_id
    settle = SettleErasures(world.unit_of_work, world.clock)
    await erasing(world)(EraseAccountRequest(user_id=user_id))
    assert await settle() == 0
    world.clock.pass_time(SETTLES_AFTER + timedelta(seconds=1))
    assert (await settle(), await settle()) == (1, 0)
    assert [event.user_id for event in world.memory.events if isinstance(event, UserErased)] == [user_id] * 2
