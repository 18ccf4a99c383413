"""The API keys that work."""

from dataclasses import dataclass

from services.shared.domain.clock import Clock
from services.shared.domain.ids import UserId
from services.user.domain.api_key import ApiKey
from services.user.domain.repositories import ApiKeyReader


@dataclass(frozen=True, slots=True, kw_only=True)
class ListApiKeysRequest:
    """Whose keys."""

    user_id: UserId


class ListApiKeys:
    """Query: the caller's keys that are neither revoked nor expired, newest first; fifty at most."""

    def __init__(self, keys: ApiKeyReader, clock: Clock) -> None:
        self._keys = keys
        self._clock = clock

    async def __call__(self, request: ListApiKeysRequest) -> list[ApiKey]:
        """The keys, never their texts."""
        return await self._keys.list_live(request.user_id, self._clock.now())
