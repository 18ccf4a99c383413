"""What becomes of links when two accounts turn out to be one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from services.goals.domain.savings import WHOLE, AccountLink
from services.shared.domain.ids import AccountId, GoalId


def follow_merge(
    links: Mapping[GoalId, Sequence[AccountLink]], gone: AccountId, into: AccountId
) -> dict[GoalId, tuple[AccountLink, ...]]:
    """The links of every goal that was linked to the account that is gone; those to the one that stays come first.

    Both were the same money, so a goal that had both has the larger share and not the sum. A goal gets no more than is
    free of the account that stays, in the order of `links`, and is no longer linked where nothing is.
    """
    free = WHOLE - sum((share_of(linked, into) for linked in links.values()), Decimal(0))
    changed: dict[GoalId, tuple[AccountLink, ...]] = {}
    for goal_id, linked in links.items():
        moving, kept = share_of(linked, gone), share_of(linked, into)
        if not moving:
            continue
        share = min(max(moving, kept), kept + free)
        free -= share - kept
        changed[goal_id] = _with_share(linked, {gone, into}, AccountLink(into, share) if share else None)
    return changed


def share_of(links: Sequence[AccountLink], account_id: AccountId) -> Decimal:
    """How much of an account counts, in percent; 0 when it is not linked."""
    return sum((link.share_percent for link in links if link.account_id == account_id), Decimal(0))


def _with_share(
    links: Sequence[AccountLink], accounts: set[AccountId], link: AccountLink | None
) -> tuple[AccountLink, ...]:
    """The links with this one in the place of the first of these accounts."""
    place = next(index for index, one in enumerate(links) if one.account_id in accounts)
    before = links[:place]
    after = [one for one in links[place:] if one.account_id not in accounts]
    return (*before, *([link] if link is not None else []), *after)
