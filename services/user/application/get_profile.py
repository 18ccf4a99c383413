"""Who the caller is."""

from dataclasses import dataclass

from services.shared.domain.ids import UserId
from services.user.application.views import ProfileView
from services.user.domain.errors import UserNotFoundError
from services.user.domain.repositories import UserReader


@dataclass(frozen=True, slots=True, kw_only=True)
class GetProfileRequest:
    """Whose profile: the caller's own."""

    user_id: UserId


class GetProfile:
    """Query: the caller's profile."""

    def __init__(self, users: UserReader) -> None:
        self._users = users

    async def __call__(self, request: GetProfileRequest) -> ProfileView:
        """The profile. UserNotFoundError when the user was deleted."""
        user = await self._users.get(request.user_id)
        if user is None:
            raise UserNotFoundError
        return ProfileView.of(user)
