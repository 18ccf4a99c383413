"""End a session."""

from dataclasses import dataclass, field

from services.shared.domain.clock import Clock
from services.user.application.sessions import Sessions
from services.user.application.unit_of_work import UserUnitOfWorkFactory
from services.user.domain.security import fingerprint


@dataclass(frozen=True, slots=True, kw_only=True)
class LogOutRequest:
    """Any refresh token of the session: to hold it is to have the right to end it, as in RFC 7009."""

    refresh_token: str = field(repr=False)


class LogOut:
    """Command: the session's tokens, of both kinds, are refused from now on (other processes: within 5 seconds)."""

    def __init__(self, unit_of_work: UserUnitOfWorkFactory, sessions: Sessions, clock: Clock) -> None:
        self._unit_of_work = unit_of_work
        self._sessions = sessions
        self._clock = clock

    async def __call__(self, request: LogOutRequest) -> None:
        """End it. A token that is unknown, or a session that has ended already, is no error: it is out either way."""
        async with self._unit_of_work() as unit:
            token = await unit.refresh_tokens.lock(fingerprint(request.refresh_token))
            if token is not None:
                await self._sessions.end(unit, token.session_id, self._clock.now())
