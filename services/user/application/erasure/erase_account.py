"""Erase a person's account, and with it everything that is kept of the person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from services.shared.domain.clock import Clock
from services.shared.domain.ids import UserId
from services.user.application.erasure.forgetting import Forgetting
from services.user.application.unit_of_work import UserUnitOfWorkFactory
from services.user.domain.erasure import Erasure, ErasureId
from services.user.domain.errors import UserNotFoundError
from services.user.domain.events import UserErased


@dataclass(frozen=True, slots=True, kw_only=True)
class EraseAccountRequest:
    """Whose account: the caller's own, who has been re-authenticated."""

    user_id: UserId


@dataclass(frozen=True, slots=True)
class ErasureView:
    """A reference that tells nothing of the person."""

    id: ErasureId
    requested_at: datetime


class EraseAccount:
    """Command: the user, sessions, sign-ins and API keys go at once; the contexts erase the rest by the event.

    The event leaves in the transaction that deletes the user, so that no crash keeps either of them from following.
    """

    def __init__(self, unit_of_work: UserUnitOfWorkFactory, forgetting: Forgetting, clock: Clock) -> None:
        self._unit_of_work = unit_of_work
        self._forgetting = forgetting
        self._clock = clock

    async def __call__(self, request: EraseAccountRequest) -> ErasureView:
        """The erasure. UserNotFoundError when there is no such user any more."""
        erasure = Erasure.of(request.user_id, self._clock.now())
        async with self._unit_of_work() as unit:
            if not await unit.users.lock(request.user_id):
                raise UserNotFoundError
            sessions = await unit.refresh_tokens.sessions_of(request.user_id)
            await unit.users.delete(request.user_id)
            await unit.erasures.add(erasure)
            unit.record(UserErased(user_id=request.user_id, session_ids=tuple(sessions)))
            await unit.commit()
        await self._forgetting.at_once(request.user_id, sessions)
        return ErasureView(erasure.id, erasure.requested_at)
