"""Roles, and what each may do."""

from collections.abc import Iterable
from enum import StrEnum
from typing import Final


class Role(StrEnum):
    """What a person is to the system."""

    USER = "user"
    ADMIN = "admin"


_OWN_DATA: Final = frozenset(
    {
        "profile:read",
        "profile:write",
        "finance:read",
        "finance:write",
        "goals:read",
        "goals:write",
        "graph:read",
        "graph:write",
        "graph:query",
        "chat:read",
        "chat:write",
        "approvals:read",
        "approvals:write",
        "keys:read",
        "keys:write",
        "webhooks:read",
        "webhooks:write",
    }
)
_SCOPES: Final = {Role.USER: _OWN_DATA, Role.ADMIN: _OWN_DATA | {"admin"}}


def scopes_of(roles: Iterable[Role]) -> frozenset[str]:
    """The scopes that an access token of a person with these roles carries."""
    return frozenset().union(*(_SCOPES[role] for role in roles))
