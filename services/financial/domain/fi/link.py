"""The link of a person to Fi."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Final
from urllib.parse import urlsplit

from services.financial.domain.fi.snapshot import FiUnavailableError, Flag
from services.shared.domain.ids import UserId, new_uuid

_MAX_URL: Final = 2_000


class LinkStatus(StrEnum):
    """Whether Fi answers with the person's data."""

    LOGIN_REQUIRED = "login_required"
    LINKED = "linked"


@dataclass(frozen=True, slots=True, kw_only=True)
class FiLink:
    """One session at Fi, for as long as the person is linked. `session_id` opens all data there: it is a secret."""

    user_id: UserId
    session_id: str
    status: LinkStatus
    login_url: str | None
    linked_at: datetime
    synced_at: datetime | None = None
    flags: tuple[Flag, ...] = ()

    @classmethod
    def begin(cls, user_id: UserId, now: datetime) -> FiLink:
        """A link with a session of its own, not logged in."""
        return cls(
            user_id=user_id,
            session_id=f"mcp-session-{new_uuid()}",
            status=LinkStatus.LOGIN_REQUIRED,
            login_url=None,
            linked_at=now,
        )

    def logged_in(self) -> FiLink:
        """The link, answered with data."""
        return replace(self, status=LinkStatus.LINKED, login_url=None)

    def logged_out(self, login_url: str) -> FiLink:
        """The link, answered with a page to log in at."""
        return replace(self, status=LinkStatus.LOGIN_REQUIRED, login_url=login_url)


def require_web_address(url: object) -> str:
    """The page to log in at; what is no web address is no answer of Fi's, and is not shown to anyone."""
    if not isinstance(url, str) or len(url) > _MAX_URL or not url.isprintable() or " " in url:
        raise FiUnavailableError("Fi wants a login, but names no page for it. Try again later.")
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise FiUnavailableError("Fi wants a login, but names no page for it. Try again later.")
    return url
