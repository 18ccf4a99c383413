"""Make sure that a person is still the one who logged in."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Final

from services.shared.domain.clock import Clock
from services.shared.domain.ids import UserId
from services.user.application.prove_password import ProvePassword
from services.user.application.unit_of_work import UserUnitOfWorkFactory
from services.user.domain.errors import StaleSignInError, UserNotFoundError, WrongCredentialsError
from services.user.domain.password import Password
from services.user.domain.security import ExternalIdentityVerifier
from services.user.domain.user import User

FRESH_FOR: Final = timedelta(minutes=5)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReauthenticateRequest:
    """The caller's password, or an ID token of a sign-in just now; `address` is where the request came from."""

    user_id: UserId
    password: str | None = field(default=None, repr=False)
    id_token: str | None = field(default=None, repr=False)
    address: str = ""


class Reauthenticate:
    """Query: nothing follows from it but that the caller may do what a stolen session may not.

    Attempts with passwords are counted as those of logging in are.
    """

    def __init__(
        self,
        unit_of_work: UserUnitOfWorkFactory,
        prove: ProvePassword,
        verifier: ExternalIdentityVerifier,
        clock: Clock,
    ) -> None:
        self._unit_of_work = unit_of_work
        self._prove = prove
        self._verifier = verifier
        self._clock = clock

    async def __call__(self, request: ReauthenticateRequest) -> None:
        """WrongCredentialsError, TooManyAttemptsError, StaleSignInError, UserNotFoundError."""
        async with self._unit_of_work() as unit:
            user = await unit.users.get(request.user_id)
        if user is None:
            raise UserNotFoundError
        if request.id_token is not None:
            await self._by_provider(user, request.id_token)
        else:
            await self._by_password(user, Password(request.password or ""), request.address)

    async def _by_password(self, user: User, password: Password, address: str) -> None:
        if await self._prove(user.email, password, address) is None:
            raise WrongCredentialsError("The password is not right.")

    async def _by_provider(self, user: User, id_token: str) -> None:
        identity = await self._verifier.verify(id_token)
        async with self._unit_of_work() as unit:
            known = await unit.users.find_by_external_identity(identity.provider, identity.subject)
        if known is None or known.id != user.id:
            raise WrongCredentialsError("That sign-in is not of the person who is logged in here.")
        if identity.signed_in_at is None or self._clock.now() - identity.signed_in_at > FRESH_FOR:
            raise StaleSignInError
