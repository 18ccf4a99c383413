"""Find out whether somebody knows a person's password."""

from dataclasses import dataclass

from services.user.application.unit_of_work import UserUnitOfWorkFactory
from services.user.domain.email import Email
from services.user.domain.password import Password
from services.user.domain.security import LoginThrottle, PasswordHasher
from services.user.domain.user import User


@dataclass(frozen=True, slots=True)
class Proof:
    """Whose password was right, and whether its hash is weaker than today's."""

    user: User
    is_outdated: bool


class ProvePassword:
    """Query: an unknown email and a wrong password cost the same work, a full hash.

    Attempts are counted before the work is done, so that many at once cannot slip past the bound.
    """

    def __init__(self, unit_of_work: UserUnitOfWorkFactory, hasher: PasswordHasher, throttle: LoginThrottle) -> None:
        self._unit_of_work = unit_of_work
        self._hasher = hasher
        self._throttle = throttle

    async def __call__(self, email: Email, password: Password, address: str) -> Proof | None:
        """The proof, or None; `address` is the network address it came from. TooManyAttemptsError."""
        await self._throttle.attempt(email, address)
        async with self._unit_of_work() as unit:
            credentials = await unit.users.find_by_email(email)
        check = await self._hasher.check(password, credentials.password_hash if credentials else None)
        if credentials is None or not check.matches:
            return None
        await self._throttle.succeeded(email, address)
        return Proof(credentials.user, check.outdated)
