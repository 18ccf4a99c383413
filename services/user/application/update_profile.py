"""Change one's own profile."""

import dataclasses
from dataclasses import dataclass
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from services.shared.domain.ids import UserId
from services.user.application.unit_of_work import UserUnitOfWorkFactory
from services.user.application.views import ProfileView
from services.user.domain.errors import InvalidFieldError, UserNotFoundError
from services.user.domain.events import ProfileUpdated
from services.user.domain.person_name import PersonName
from services.user.domain.repositories import ChangedUsers
from services.user.domain.user import User


@dataclass(frozen=True, slots=True, kw_only=True)
class UpdateProfileRequest:
    """What to change; None leaves a field as it is."""

    user_id: UserId
    first_name: str | None = None
    last_name: str | None = None
    timezone: str | None = None


class UpdateProfile:
    """Command: the caller's profile, changed."""

    def __init__(self, unit_of_work: UserUnitOfWorkFactory, changed_users: ChangedUsers) -> None:
        self._unit_of_work = unit_of_work
        self._changed_users = changed_users

    async def __call__(self, request: UpdateProfileRequest) -> ProfileView:
        """The profile as it now is. InvalidFieldError, UserNotFoundError."""
        async with self._unit_of_work() as unit:
            user = await unit.users.get(request.user_id)
            if user is None:
                raise UserNotFoundError
            changed = _changed(user, request)
            await unit.users.save(changed)
            unit.record(
                ProfileUpdated(
                    user_id=user.id,
                    first_name=changed.name.first,
                    last_name=changed.name.last,
                    timezone=changed.timezone,
                )
            )
            await unit.commit()
        await self._changed_users.changed(changed)
        return ProfileView.of(changed)


def _changed(user: User, request: UpdateProfileRequest) -> User:
    name = PersonName(
        user.name.first if request.first_name is None else request.first_name,
        user.name.last if request.last_name is None else request.last_name,
    )
    timezone = user.timezone if request.timezone is None else _timezone(request.timezone)
    return dataclasses.replace(user, name=name, timezone=timezone)


def _timezone(name: str) -> str:
    try:
        return ZoneInfo(name).key
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise InvalidFieldError("timezone", "must be a time zone such as Asia/Kolkata") from error
