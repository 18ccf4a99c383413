"""Register a person with an email and a password."""

from dataclasses import dataclass, field

from services.shared.domain.clock import Clock
from services.user.application.sessions import Sessions
from services.user.application.unit_of_work import UserUnitOfWorkFactory
from services.user.application.views import SessionView
from services.user.domain.email import Email
from services.user.domain.events import UserRegistered
from services.user.domain.password import choose_password
from services.user.domain.person_name import PersonName
from services.user.domain.security import PasswordHasher
from services.user.domain.user import User


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterUserRequest:
    """A person who wants an account."""

    email: str
    password: str = field(repr=False)
    first_name: str
    last_name: str = ""


class RegisterUser:
    """Command: a new user, logged in."""

    def __init__(
        self, unit_of_work: UserUnitOfWorkFactory, hasher: PasswordHasher, sessions: Sessions, clock: Clock
    ) -> None:
        self._unit_of_work = unit_of_work
        self._hasher = hasher
        self._sessions = sessions
        self._clock = clock

    async def __call__(self, request: RegisterUserRequest) -> SessionView:
        """The new user's first session. InvalidFieldError, EmailTakenError."""
        email = Email(request.email)
        name = PersonName(request.first_name, request.last_name)
        password_hash = await self._hasher.hash(choose_password(request.password, email))
        now = self._clock.now()
        user = User.register(email, name, now)
        async with self._unit_of_work() as unit:
            await unit.users.add(user, password_hash)
            unit.record(UserRegistered(user_id=user.id, first_name=name.first, last_name=name.last, method="password"))
            return await self._sessions.open(unit, user, now)
