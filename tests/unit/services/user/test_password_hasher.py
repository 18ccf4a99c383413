import bcrypt
import pytest

from services.user.domain.password import Password
from services.user.infrastructure.argon2_password_hasher import Argon2PasswordHasher

SECRET = Password("a long sentence")
LONG = Password("पासवर्ड " * 12)


@pytest.fixture(scope="module")
def hasher() -> Argon2PasswordHasher:
    """The real algorithm at its smallest cost."""
    return Argon2PasswordHasher(memory_kib=8, passes=1)


def bcrypt_hash(password: Password) -> str:
    """As libraries before bcrypt 5 made it: silently of the first 72 bytes."""
    return bcrypt.hashpw(password.secret.encode()[:72], bcrypt.gensalt(4)).decode()


async def test_a_hash_is_salted_argon2id_and_matches_its_password_only(hasher: Argon2PasswordHasher) -> None:
    first, second = await hasher.hash(SECRET), await hasher.hash(SECRET)
    assert first.startswith("$argon2id$")
    assert first != second
    assert await hasher.check(SECRET, first) == await hasher.check(SECRET, second)
    check = await hasher.check(SECRET, first)
    assert (check.matches, check.outdated) == (True, False)
    assert not (await hasher.check(Password("a long sentence."), first)).matches


async def test_the_default_cost_is_owasps() -> None:
    stored = await Argon2PasswordHasher().hash(SECRET)
    assert "m=19456,t=2,p=1" in stored


async def test_a_weaker_argon2_hash_is_outdated(hasher: Argon2PasswordHasher) -> None:
    stored = await hasher.hash(SECRET)
    check = await Argon2PasswordHasher(memory_kib=16, passes=1).check(SECRET, stored)
    assert (check.matches, check.outdated) == (True, True)


@pytest.mark.parametrize("password", [SECRET, LONG])
async def test_a_bcrypt_hash_is_checked_as_bcrypt_does_and_outdated(
    hasher: Argon2PasswordHasher, password: Password
) -> None:
    stored = bcrypt_hash(password)
    check = await hasher.check(password, stored)
    assert (check.matches, check.outdated) == (True, True)
    wrong = await hasher.check(Password("x" + password.secret), stored)
    assert (wrong.matches, wrong.outdated) == (False, False)


async def test_nobodys_password_matches_nothing(hasher: Argon2PasswordHasher) -> None:
    for password in (SECRET, Password(""), Password("\x00"), Password("\ud800")):
        assert not (await hasher.check(password, None)).matches


async def test_half_a_surrogate_pair_is_nobodys_password(hasher: Argon2PasswordHasher) -> None:
    stored = await hasher.hash(Password("which? is it"))
    assert not (await hasher.check(Password("which\ud800 is it"), stored)).matches
