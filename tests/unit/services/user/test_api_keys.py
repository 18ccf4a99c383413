"""What an API key may be given, how long it works, and how many there are."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from services.shared.domain.clock import FixedClock
from services.shared.domain.errors import InvalidInputError
from services.shared.domain.ids import UserId, new_uuid
from services.user.application.api_keys.create_api_key import CreateApiKey, CreateApiKeyRequest
from services.user.application.api_keys.verify_api_key import VerifyApiKey
from services.user.domain.api_key import MAX_KEYS, PREFIX, parse_expiry, parse_scopes
from services.user.domain.errors import ApiKeyInvalidError, TooManyApiKeysError
from services.user.domain.events import ApiKeyCreated
from services.user.domain.roles import Role, scopes_of
from tests.unit.services.user.fakes import Memory, MemoryApiKeys, MemoryUnitOfWork

NOW = datetime(2026, 11, 25, 9, tzinfo=UTC)
USER = UserId(new_uuid())


def creating(memory: Memory) -> CreateApiKey:
    return CreateApiKey(lambda: MemoryUnitOfWork(memory), FixedClock(NOW))


def verifying(memory: Memory, at: datetime = NOW) -> VerifyApiKey:
    return VerifyApiKey(MemoryApiKeys(memory), FixedClock(at))


def wanted(**changes: object) -> CreateApiKeyRequest:
    return CreateApiKeyRequest(**{"user_id": USER, "name": "a dashboard", "scopes": ["finance:read"], **changes})  # type: ignore[arg-type]


async def test_a_key_speaks_for_its_owner_within_its_scopes() -> None:
    memory = Memory()
    created = await creating(memory)(wanted())
    identity = await verifying(memory)(created.text)

    assert (identity.user_id, identity.scopes) == (USER, frozenset({"finance:read"}))
    assert created.text.startswith(PREFIX + created.api_key.hint.removeprefix(PREFIX))
    assert created.text not in repr(memory)
    assert [type(event) for event in memory.events] == [ApiKeyCreated]


@pytest.mark.parametrize("scopes", [[], ["everything"], ["finance:read", "keys:write"], ["approvals:write"], ["admin"]])
def test_keys_cannot_make_keys_approve_or_administer(scopes: list[str]) -> None:
    with pytest.raises(InvalidInputError, match="scopes"):
        parse_scopes(scopes)


def test_nobody_can_grant_more_than_a_person_may_do() -> None:
    with pytest.raises(InvalidInputError):
        parse_scopes(scopes_of([Role.ADMIN]))


@pytest.mark.parametrize("days", [-1, 0, 367])
def test_an_expiry_is_ahead_and_within_a_year(days: int) -> None:
    with pytest.raises(InvalidInputError, match="expires_at"):
        parse_expiry(NOW + timedelta(days=days), NOW)


def test_an_expiry_has_a_zone() -> None:
    with pytest.raises(InvalidInputError, match="zone"):
        parse_expiry(datetime(2026, 12, 25), NOW)  # noqa: DTZ001


async def test_an_expired_key_opens_nothing() -> None:
    memory = Memory()
    created = await creating(memory)(wanted(expires_at=NOW + timedelta(days=1)))

    await verifying(memory, NOW + timedelta(hours=23))(created.text)
    with pytest.raises(ApiKeyInvalidError):
        await verifying(memory, NOW + timedelta(days=1))(created.text)


async def test_a_use_is_noted_once_a_minute() -> None:
    memory = Memory()
    created = await creating(memory)(wanted())
    for seconds, noted in ((0, 0), (59, 0), (60, 60)):
        await verifying(memory, NOW + timedelta(seconds=seconds))(created.text)
        assert memory.api_keys[created.api_key.id].last_used_at == NOW + timedelta(seconds=noted)


async def test_the_number_of_keys_is_bounded() -> None:
    memory = Memory()
    for number in range(MAX_KEYS):
        await creating(memory)(wanted(name=f"key {number}"))
    with pytest.raises(TooManyApiKeysError, match="Revoke"):
        await creating(memory)(wanted())
