import pytest

from services.shared.domain.ids import UserId, new_uuid
from services.user.application.get_profile import GetProfile, GetProfileRequest
from services.user.application.log_in import LogIn, LogInRequest
from services.user.application.log_in_with_firebase import LogInWithFirebase, LogInWithFirebaseRequest
from services.user.application.prove_password import ProvePassword
from services.user.application.register_user import RegisterUser, RegisterUserRequest
from services.user.application.update_profile import UpdateProfile, UpdateProfileRequest
from services.user.application.views import SessionView
from services.user.domain.email import Email
from services.user.domain.errors import (
    EmailNotVerifiedError,
    EmailTakenError,
    InvalidFieldError,
    TooManyAttemptsError,
    UserNotFoundError,
    WrongCredentialsError,
)
from services.user.domain.external_identity import ExternalIdentity
from services.user.domain.user import User
from tests.unit.services.user.fakes import World

EMAIL, PASSWORD = "asha@example.in", "a long sentence"


async def register(world: World, email: str = EMAIL, password: str = PASSWORD) -> SessionView:
    command = RegisterUser(world.unit_of_work, world.hasher, world.sessions, world.clock)
    return await command(RegisterUserRequest(email=email, password=password, first_name="Asha", last_name="Rao"))


async def log_in(world: World, email: str = EMAIL, password: str = PASSWORD, address: str = "1.2.3.4") -> SessionView:
    prove = ProvePassword(world.unit_of_work, world.hasher, world.throttle)
    command = LogIn(world.unit_of_work, prove, world.hasher, world.sessions, world.clock)
    return await command(LogInRequest(email=email, password=password, address=address))


async def test_registering_opens_a_session_and_says_so() -> None:
    world = World()
    session = await register(world, email=" Asha@Example.in ")
    profile = session.user
    assert (profile.email, profile.first_name, profile.last_name) == (EMAIL, "Asha", "Rao")
    assert (profile.timezone, profile.currency, profile.kyc_status) == ("Asia/Kolkata", "INR", "pending")
    assert session.tokens.expires_in == 900
    claims = world.issuer.issued[session.tokens.access_token]
    assert claims.user_id == profile.user_id
    assert world.store.known == {claims.session_id: profile.user_id}
    assert world.event_names == ["UserRegistered"]
    assert PASSWORD not in repr(session)
    assert session.tokens.refresh_token not in repr(session)


async def test_registering_twice_changes_nothing() -> None:
    world = World()
    first = await register(world)
    with pytest.raises(EmailTakenError):
        await register(world, email="ASHA@example.in", password="another sentence")
    assert [known.user.id for known in world.memory.users.values()] == [first.user.user_id]
    assert world.event_names == ["UserRegistered"]


@pytest.mark.parametrize(("email", "password"), [("nobody", PASSWORD), (EMAIL, "short"), (EMAIL, EMAIL)])
async def test_a_registration_against_the_rules_keeps_nothing(email: str, password: str) -> None:
    world = World()
    with pytest.raises(InvalidFieldError):
        await register(world, email=email, password=password)
    assert not world.memory.users


async def test_logging_in_opens_another_session() -> None:
    world = World()
    first = await register(world)
    second = await log_in(world, email="ASHA@example.in")
    assert second.user == first.user
    assert len(world.store.known) == 2
    assert world.event_names == ["UserRegistered", "UserLoggedIn"]


async def test_an_unknown_email_and_a_wrong_password_look_alike_and_cost_the_same() -> None:
    world = World()
    await register(world)
    with pytest.raises(WrongCredentialsError) as wrong:
        await log_in(world, password="not the sentence")
    with pytest.raises(WrongCredentialsError) as unknown:
        await log_in(world, email="ravi@example.in")
    assert (wrong.value.detail, wrong.value.code) == (unknown.value.detail, unknown.value.code)
    assert world.hasher.checks == [f"new:{PASSWORD}", None], "one check of one hash each, the dummy for nobody"


async def test_an_outdated_hash_is_replaced_at_log_in_and_not_by_a_wrong_password() -> None:
    world = World()
    user = (await register(world)).user
    unit = world.unit_of_work()
    await unit.users.replace_password_hash(user.user_id, f"old:{PASSWORD}")
    await unit.commit()
    with pytest.raises(WrongCredentialsError):
        await log_in(world, password="not the sentence")
    assert world.memory.users[user.user_id].password_hash == f"old:{PASSWORD}"
    await log_in(world)
    assert world.memory.users[user.user_id].password_hash == f"new:{PASSWORD}"


async def test_failures_are_throttled_per_email_and_address_before_any_hashing() -> None:
    world = World()
    await register(world)
    for _ in range(3):
        with pytest.raises(WrongCredentialsError):
            await log_in(world, password="guess guess")
    done = len(world.hasher.checks)
    with pytest.raises(TooManyAttemptsError) as caught:
        await log_in(world)
    assert caught.value.extra == {"retry_after_s": 60}
    assert len(world.hasher.checks) == done
    assert (await log_in(world, address="5.6.7.8")).user.email == EMAIL


async def test_success_starts_the_count_anew() -> None:
    world = World()
    await register(world)
    for _ in range(4):
        with pytest.raises(WrongCredentialsError):
            await log_in(world, password="guess guess")
        await log_in(world)


class Provider:
    """ExternalIdentityVerifier that knows one person."""

    def __init__(self, *, email: str = EMAIL, verified: bool = True, name: str = "Asha Devi Rao") -> None:
        self._identity = ExternalIdentity(
            provider="firebase", subject="f-1", email=email, email_verified=verified, name=name
        )

    async def verify(self, id_token: str) -> ExternalIdentity:
        return self._identity


async def log_in_with_firebase(world: World, provider: Provider) -> SessionView:
    command = LogInWithFirebase(world.unit_of_work, provider, world.sessions, world.clock)
    return await command(LogInWithFirebaseRequest(id_token="t"))


async def test_a_firebase_user_is_registered_once_and_known_by_subject_after_that() -> None:
    world = World()
    first = await log_in_with_firebase(world, Provider())
    again = await log_in_with_firebase(world, Provider(email="moved@example.in", verified=False))
    assert first.user == again.user
    assert (first.user.first_name, first.user.last_name) == ("Asha Devi", "Rao")
    assert world.event_names == ["UserRegistered", "UserLoggedIn"]
    with pytest.raises(WrongCredentialsError):
        await log_in(world, password="")


async def test_without_a_display_name_the_email_names_the_person() -> None:
    session = await log_in_with_firebase(World(), Provider(name=""))
    assert (session.user.first_name, session.user.last_name) == ("asha", "")


@pytest.mark.parametrize(("email", "verified"), [(EMAIL, False), ("", True)])
async def test_an_email_that_is_not_proven_registers_nobody(email: str, verified: bool) -> None:
    world = World()
    with pytest.raises(EmailNotVerifiedError):
        await log_in_with_firebase(world, Provider(email=email, verified=verified))
    assert not world.memory.users


async def test_an_account_with_a_password_is_not_taken_over() -> None:
    world = World()
    owner = await register(world)
    with pytest.raises(EmailTakenError):
        await log_in_with_firebase(world, Provider())
    assert world.memory.identities == {}
    assert list(world.memory.users) == [owner.user.user_id]


class Listener:
    """ChangedUsers."""

    def __init__(self) -> None:
        self.heard: list[User] = []

    async def changed(self, user: User) -> None:
        self.heard.append(user)

    async def gone(self, user_id: UserId) -> None:
        self.heard.clear()


async def test_a_changed_profile_is_kept_and_told_at_once() -> None:
    world, listener = World(), Listener()
    user = (await register(world)).user
    changed = await UpdateProfile(world.unit_of_work, listener)(
        UpdateProfileRequest(user_id=user.user_id, first_name=" Aasha ", timezone="Asia/Dubai")
    )
    assert (changed.first_name, changed.last_name, changed.timezone) == ("Aasha", "Rao", "Asia/Dubai")
    assert await GetProfile(world.memory)(GetProfileRequest(user_id=user.user_id)) == changed
    assert [heard.timezone for heard in listener.heard] == ["Asia/Dubai"]
    assert world.event_names == ["UserRegistered", "ProfileUpdated"]
    assert world.memory.users[user.user_id].user.email == Email(EMAIL)


@pytest.mark.parametrize("zone", ["Mars/Olympus", "../../etc/passwd", "", "a\x00b", "x" * 1000])
async def test_an_unknown_time_zone_changes_nothing(zone: str) -> None:
    world, listener = World(), Listener()
    user = (await register(world)).user
    with pytest.raises(InvalidFieldError, match="timezone"):
        await UpdateProfile(world.unit_of_work, listener)(UpdateProfileRequest(user_id=user.user_id, timezone=zone))
    assert listener.heard == []


async def test_a_user_who_is_gone_has_no_profile() -> None:
    world = World()
    with pytest.raises(UserNotFoundError):
        await GetProfile(world.memory)(GetProfileRequest(user_id=UserId(new_uuid())))
