"""Links follow a merger: to the account that stays, and never to more than the whole of it."""

from __future__ import annotations

from decimal import Decimal

import pytest

from services.goals.domain.relinking import follow_merge
from services.goals.domain.savings import AccountLink
from services.shared.domain.ids import AccountId, GoalId, new_uuid

GONE, INTO, OTHER = (AccountId(new_uuid()) for _ in range(3))
FIRST, SECOND = (GoalId(new_uuid()) for _ in range(2))


def link(account_id: AccountId, percent: int = 100) -> AccountLink:
    return AccountLink(account_id, Decimal(percent))


@pytest.mark.parametrize(
    ("links", "changed"),
    [
        ({FIRST: [link(OTHER), link(GONE, 40)]}, {FIRST: (link(OTHER), link(INTO, 40))}),
        ({FIRST: [link(GONE), link(OTHER), link(INTO, 30)]}, {FIRST: (link(INTO), link(OTHER))}),
        ({FIRST: [link(INTO, 70), link(GONE, 30)]}, {FIRST: (link(INTO, 70),)}),
        ({FIRST: [link(GONE)], SECOND: [link(INTO, 60)]}, {FIRST: (link(INTO, 40),)}),
        ({FIRST: [link(GONE), link(OTHER)], SECOND: [link(INTO)]}, {FIRST: (link(OTHER),)}),
        ({FIRST: [link(GONE, 50)], SECOND: [link(GONE, 50)]}, {FIRST: (link(INTO, 50),), SECOND: (link(INTO, 50),)}),
        ({FIRST: [link(INTO)], SECOND: [link(OTHER)]}, {}),
        ({}, {}),
    ],
)
def test_links_follow(links: dict[GoalId, list[AccountLink]], changed: dict[GoalId, tuple[AccountLink, ...]]) -> None:
    assert follow_merge(links, GONE, INTO) == changed
    assert follow_merge({**links, **changed}, GONE, INTO) == {}
