"""The API keys that work."""

from dataclasses import dataclass
from datetime import datetime

from services.shared.domain.clock import Clock
from services.shared.domain.ids import UserId
from services.user.domain.api_key import ApiKey, ApiKeyId
from services.user.domain.repositories import ApiKeyReader


@dataclass(frozen=True, slots=True, kw_only=True)
class ListApiKeysRequest:
    """Whose keys."""

    user_id: UserId


@dataclass(frozen=True, slots=True, kw_only=True)
class ApiKeyView:
    """A key as its owner sees it; `hint` is its beginning. Neither its text nor its hash is here."""

    id: ApiKeyId
    name: str
    hint: str
    scopes: tuple[str, ...]
    created_at: datetime
    expires_at: datetime | None
    last_used_at: datetime | None


@dataclass(frozen=True, slots=True)
class ApiKeysView:
    """The keys, newest first."""

    api_keys: tuple[ApiKeyView, ...]


class ListApiKeys:
    """Query: the caller's keys that are neither revoked nor expired, fifty at most."""

    def __init__(self, keys: ApiKeyReader, clock: Clock) -> None:
        self._keys = keys
        self._clock = clock

    async def __call__(self, request: ListApiKeysRequest) -> ApiKeysView:
        """The keys, never their texts."""
        return ApiKeysView(tuple(map(api_key_view, await self._keys.list_live(request.user_id, self._clock.now()))))


def api_key_view(api_key: ApiKey) -> ApiKeyView:
    """What its owner sees of a key."""
    return ApiKeyView(
        id=api_key.id,
        name=api_key.name,
        hint=api_key.hint,
        scopes=tuple(sorted(api_key.scopes)),
        created_at=api_key.created_at,
        expires_at=api_key.expires_at,
        last_used_at=api_key.last_used_at,
    )
