"""Who an API key speaks for."""

from services.shared.domain.clock import Clock
from services.shared.domain.identity import Identity
from services.user.domain.api_key import GRANTABLE
from services.user.domain.errors import ApiKeyInvalidError
from services.user.domain.repositories import ApiKeyReader
from services.user.domain.security import fingerprint


class VerifyApiKey:
    """Query: the owner's identity with the key's scopes. A revoked key is refused from the next request on."""

    def __init__(self, keys: ApiKeyReader, clock: Clock) -> None:
        self._keys = keys
        self._clock = clock

    async def __call__(self, text: str) -> Identity:
        """The caller. ApiKeyInvalidError."""
        now = self._clock.now()
        api_key = await self._keys.find(fingerprint(text))
        if api_key is None or not api_key.is_live(now):
            raise ApiKeyInvalidError
        if api_key.use_is_news(now):
            await self._keys.note_use(api_key.id, now)
        return Identity(api_key.user_id, api_key.scopes & GRANTABLE)
