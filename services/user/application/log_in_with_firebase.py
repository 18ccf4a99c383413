"""Log in, or register, with a Firebase ID token."""

from dataclasses import dataclass, field

from services.shared.domain.clock import Clock
from services.user.application.sessions import Sessions
from services.user.application.unit_of_work import UserUnitOfWork, UserUnitOfWorkFactory
from services.user.application.views import SessionView
from services.user.domain.email import Email
from services.user.domain.errors import EmailNotVerifiedError, EmailTakenError
from services.user.domain.events import UserLoggedIn, UserRegistered
from services.user.domain.external_identity import ExternalIdentity
from services.user.domain.person_name import MAX_NAME_LENGTH, PersonName
from services.user.domain.security import ExternalIdentityVerifier
from services.user.domain.user import User


@dataclass(frozen=True, slots=True, kw_only=True)
class LogInWithFirebaseRequest:
    """The ID token that Firebase gave the client."""

    id_token: str = field(repr=False)


class LogInWithFirebase:
    """Command: a new session for a Firebase user, who is registered at the first time.

    An email that is registered here already is not taken over, not even when Firebase has verified it: neither side
    can tell whether the account with the password is the same person's, so that person logs in with the password.
    """

    def __init__(
        self,
        unit_of_work: UserUnitOfWorkFactory,
        verifier: ExternalIdentityVerifier,
        sessions: Sessions,
        clock: Clock,
    ) -> None:
        self._unit_of_work = unit_of_work
        self._verifier = verifier
        self._sessions = sessions
        self._clock = clock

    async def __call__(self, request: LogInWithFirebaseRequest) -> SessionView:
        """The new session. SignInNotConfiguredError, TokenInvalidError, EmailNotVerifiedError, EmailTakenError."""
        identity = await self._verifier.verify(request.id_token)
        try:
            return await self._begin(identity)
        except EmailTakenError:
            # Two first log-ins at once: the other one has registered the person meanwhile.
            return await self._begin(identity)

    async def _begin(self, identity: ExternalIdentity) -> SessionView:
        async with self._unit_of_work() as unit:
            user = await unit.users.find_by_external_identity(identity.provider, identity.subject)
            if user is None:
                user = await self._register(unit, identity)
            else:
                unit.record(UserLoggedIn(user_id=user.id, method=identity.provider))
            return await self._sessions.open(unit, user, self._clock.now())

    async def _register(self, unit: UserUnitOfWork, identity: ExternalIdentity) -> User:
        if not identity.email or not identity.email_verified:
            raise EmailNotVerifiedError
        now = self._clock.now()
        user = User.register(Email(identity.email), _name(identity), now)
        await unit.users.add(user, password_hash=None)
        await unit.users.link(user.id, identity, now)
        unit.record(
            UserRegistered(
                user_id=user.id, first_name=user.name.first, last_name=user.name.last, method=identity.provider
            )
        )
        return user


def _name(identity: ExternalIdentity) -> PersonName:
    """The provider's display name, its last word as the last name; without one, the email's local part."""
    words = identity.name.split() or [identity.email.partition("@")[0]]
    first, last = (" ".join(words[:-1]), words[-1]) if len(words) > 1 else (words[0], "")
    return PersonName(first[:MAX_NAME_LENGTH], last[:MAX_NAME_LENGTH])
