"""Tools about the person."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from services.shared.domain.identity import Identity
from services.user.application.get_profile import GetProfileRequest
from services.user.application.use_cases import UserUseCases
from tools.tool import Tool, ToolArguments


class NoArguments(ToolArguments):
    """A tool that takes none."""


@dataclass(frozen=True, slots=True)
class ProfileResult:
    """What a model may know of the person."""

    first_name: str
    last_name: str
    email: str
    timezone: str
    currency: str
    member_since: str


def profile_tools(users: UserUseCases) -> list[Tool[Any]]:
    """The tools of the user context."""

    async def get_profile(identity: Identity, _: NoArguments) -> ProfileResult:
        profile = await users.get_profile(GetProfileRequest(user_id=identity.user_id))
        return ProfileResult(
            first_name=profile.first_name,
            last_name=profile.last_name,
            email=profile.email,
            timezone=profile.timezone,
            currency=profile.currency,
            member_since=profile.created_at.date().isoformat(),
        )

    return [
        Tool(
            name="get_profile",
            description="The person's own name, email, time zone and currency.",
            scope="profile:read",
            arguments=NoArguments,
            run=get_profile,
        )
    ]
