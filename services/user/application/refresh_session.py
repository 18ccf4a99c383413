"""Continue a session with its refresh token."""

from dataclasses import dataclass, field
from datetime import datetime

from services.shared.domain.clock import Clock
from services.user.application.sessions import Sessions
from services.user.application.unit_of_work import UserUnitOfWork, UserUnitOfWorkFactory
from services.user.application.views import SessionView
from services.user.domain.errors import SessionEndedError, TokenInvalidError, UserNotFoundError
from services.user.domain.events import RefreshTokenReused
from services.user.domain.refresh_token import RefreshToken, Use
from services.user.domain.security import fingerprint


@dataclass(frozen=True, slots=True, kw_only=True)
class RefreshSessionRequest:
    """The refresh token as the last answer gave it."""

    refresh_token: str = field(repr=False)


class RefreshSession:
    """Command: a fresh pair of tokens. `refresh_token` in the domain says what a second use means."""

    def __init__(self, unit_of_work: UserUnitOfWorkFactory, sessions: Sessions, clock: Clock) -> None:
        self._unit_of_work = unit_of_work
        self._sessions = sessions
        self._clock = clock

    async def __call__(self, request: RefreshSessionRequest) -> SessionView:
        """The session, continued. TokenInvalidError, SessionEndedError."""
        now = self._clock.now()
        async with self._unit_of_work() as unit:
            token = await unit.refresh_tokens.lock(fingerprint(request.refresh_token))
            if token is None:
                raise TokenInvalidError("This refresh token is not valid. Log in again.")
            next_text = self._sessions.successor_of(request.refresh_token)
            await self._use(unit, token, fingerprint(next_text), now)
            user = await unit.users.get(token.user_id)
            if user is None:
                raise UserNotFoundError
            await unit.commit()
        return await self._sessions.tell(user, token.session_id, next_text, now)

    async def _use(self, unit: UserUnitOfWork, token: RefreshToken, next_hash: bytes, now: datetime) -> None:
        match token.use(now):
            case Use.FIRST:
                await unit.refresh_tokens.save(token.used(now))
                await unit.refresh_tokens.add(token.successor(next_hash, now))
            case Use.REPEATED if await unit.refresh_tokens.exists(next_hash):
                return
            case Use.REUSED:
                unit.record(RefreshTokenReused(user_id=token.user_id, session_id=token.session_id))
                await self._sessions.end(unit, token.session_id, now)
                raise SessionEndedError
            case _:
                raise SessionEndedError
