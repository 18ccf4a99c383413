"""Make an API key."""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from services.shared.domain.clock import Clock
from services.shared.domain.ids import UserId, new_uuid
from services.shared.domain.text import clean_text
from services.user.application.api_keys.list_api_keys import ApiKeyView, api_key_view
from services.user.application.unit_of_work import UserUnitOfWorkFactory
from services.user.domain.api_key import MAX_KEYS, PREFIX, ApiKey, ApiKeyId, parse_expiry, parse_scopes
from services.user.domain.errors import TooManyApiKeysError
from services.user.domain.events import ApiKeyCreated
from services.user.domain.security import fingerprint

_NAME_LENGTH = 80
_HINT_LENGTH = len(PREFIX) + 4


@dataclass(frozen=True, slots=True, kw_only=True)
class CreateApiKeyRequest:
    """A name to know it by, what it may do, and until when; without `expires_at` until it is revoked."""

    user_id: UserId
    name: str
    scopes: Iterable[str]
    expires_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class CreatedApiKey:
    """The key and its text, which is shown this once."""

    api_key: ApiKeyView
    text: str


class CreateApiKey:
    """Command: a new key with 256 random bits, of which only the hash is kept."""

    def __init__(self, unit_of_work: UserUnitOfWorkFactory, clock: Clock) -> None:
        self._unit_of_work = unit_of_work
        self._clock = clock

    async def __call__(self, request: CreateApiKeyRequest) -> CreatedApiKey:
        """Make it. InvalidInputError; TooManyApiKeysError when there are fifty live ones."""
        now = self._clock.now()
        text = f"{PREFIX}{secrets.token_urlsafe(32)}"
        api_key = ApiKey(
            id=ApiKeyId(new_uuid()),
            user_id=request.user_id,
            name=clean_text(request.name, what="A key's name", limit=_NAME_LENGTH),
            hint=text[:_HINT_LENGTH],
            key_hash=fingerprint(text),
            scopes=parse_scopes(request.scopes),
            created_at=now,
            expires_at=parse_expiry(request.expires_at, now),
        )
        async with self._unit_of_work() as unit:
            if await unit.api_keys.count_live(request.user_id, now) >= MAX_KEYS:
                raise TooManyApiKeysError(MAX_KEYS)
            await unit.api_keys.add(api_key)
            unit.record(
                ApiKeyCreated(
                    user_id=request.user_id,
                    api_key_id=api_key.id,
                    scopes=tuple(sorted(api_key.scopes)),
                    occurred_at=now,
                )
            )
            await unit.commit()
        return CreatedApiKey(api_key_view(api_key), text)
