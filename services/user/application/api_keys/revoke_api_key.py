"""Take an API key out of use."""

from dataclasses import dataclass

from services.shared.domain.clock import Clock
from services.shared.domain.ids import UserId
from services.user.application.unit_of_work import UserUnitOfWorkFactory
from services.user.domain.api_key import ApiKeyId
from services.user.domain.errors import ApiKeyNotFoundError
from services.user.domain.events import ApiKeyRevoked


@dataclass(frozen=True, slots=True, kw_only=True)
class RevokeApiKeyRequest:
    """Which of the caller's keys."""

    user_id: UserId
    api_key_id: ApiKeyId


class RevokeApiKey:
    """Command: the key opens nothing any more, from the next request on."""

    def __init__(self, unit_of_work: UserUnitOfWorkFactory, clock: Clock) -> None:
        self._unit_of_work = unit_of_work
        self._clock = clock

    async def __call__(self, request: RevokeApiKeyRequest) -> None:
        """Revoke it; one that was revoked stays so. ApiKeyNotFoundError for another person's or none."""
        now = self._clock.now()
        async with self._unit_of_work() as unit:
            api_key = await unit.api_keys.lock(request.api_key_id, request.user_id)
            if api_key is None:
                raise ApiKeyNotFoundError
            if api_key.revoked_at is None:
                await unit.api_keys.save(api_key.revoked(now))
                unit.record(ApiKeyRevoked(user_id=request.user_id, api_key_id=api_key.id, occurred_at=now))
                await unit.commit()
