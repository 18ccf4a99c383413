"""Log in with an email and a password."""

from dataclasses import dataclass, field

from services.shared.domain.clock import Clock
from services.user.application.prove_password import ProvePassword
from services.user.application.sessions import Sessions
from services.user.application.unit_of_work import UserUnitOfWorkFactory
from services.user.application.views import SessionView
from services.user.domain.email import Email
from services.user.domain.errors import WrongCredentialsError
from services.user.domain.events import UserLoggedIn
from services.user.domain.password import Password
from services.user.domain.security import PasswordHasher
from services.user.domain.user import User


@dataclass(frozen=True, slots=True, kw_only=True)
class LogInRequest:
    """Who says they are whom; `address` is the network address the request came from."""

    email: str
    password: str = field(repr=False)
    address: str = ""


class LogIn:
    """Command: a new session for who knows the password.

    An unknown email and a wrong password give the same error after the same work.
    """

    def __init__(
        self,
        unit_of_work: UserUnitOfWorkFactory,
        prove: ProvePassword,
        hasher: PasswordHasher,
        sessions: Sessions,
        clock: Clock,
    ) -> None:
        self._unit_of_work = unit_of_work
        self._prove = prove
        self._hasher = hasher
        self._sessions = sessions
        self._clock = clock

    async def __call__(self, request: LogInRequest) -> SessionView:
        """The new session. WrongCredentialsError, TooManyAttemptsError, InvalidFieldError (not an email)."""
        email, password = Email(request.email), Password(request.password)
        proof = await self._prove(email, password, request.address)
        if proof is None:
            raise WrongCredentialsError
        return await self._begin(proof.user, await self._hasher.hash(password) if proof.is_outdated else None)

    async def _begin(self, user: User, fresh_hash: str | None) -> SessionView:
        async with self._unit_of_work() as unit:
            if fresh_hash is not None:
                await unit.users.replace_password_hash(user.id, fresh_hash)
            unit.record(UserLoggedIn(user_id=user.id, method="password"))
            return await self._sessions.open(unit, user, self._clock.now())
