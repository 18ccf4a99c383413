"""What is saved for a goal: what the person set aside, and what lies on the accounts that are linked to it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from services.goals.domain.goal import Goal, GoalType
from services.shared.domain.errors import InvalidInputError
from services.shared.domain.ids import AccountId
from services.shared.domain.money import Money

WHOLE: Final = Decimal(100)
MAX_LINKS: Final = 50


@dataclass(frozen=True, slots=True)
class AccountLink:
    """So much of an account's balance, in percent, counts towards a goal."""

    account_id: AccountId
    share_percent: Decimal = WHOLE

    def __post_init__(self) -> None:
        if not 0 < self.share_percent <= WHOLE or self.share_percent != round(self.share_percent, 2):
            raise InvalidInputError("share_percent must be above 0 and at most 100, with at most two decimals.")
        object.__setattr__(self, "share_percent", round(self.share_percent, 2))


@dataclass(frozen=True, slots=True)
class AccountBalance:
    """An account as other contexts know it; owed money is negative."""

    account_id: AccountId
    name: str
    balance: Money


@dataclass(frozen=True, slots=True)
class Savings:
    """`left_out` says which linked accounts could not be counted, and why."""

    set_aside: Money
    linked: Money
    left_out: tuple[str, ...] = ()

    @property
    def total(self) -> Money:
        """All that counts."""
        return self.set_aside + self.linked


def savings_of(goal: Goal, links: Sequence[AccountLink], balances: Mapping[AccountId, AccountBalance]) -> Savings:
    """What the person set aside, plus each linked account's share of its balance; an overdrawn one counts as 0.

    A goal that pays off a debt is linked to the debt's accounts: target_amount less what is still owed on them counts
    as saved, at least 0.
    """
    counted, left_out = [], []
    for link in links:
        account = balances.get(link.account_id)
        if account is None:
            left_out.append(f"The linked account {link.account_id} is not among yours any more.")
        elif account.balance.currency != goal.currency:
            left_out.append(f"{account.name} is in {account.balance.currency} and the goal in {goal.currency}.")
        else:
            counted.append(account.balance.amount * link.share_percent / WHOLE)
    return Savings(goal.saved_amount, Money(_counting(goal, counted), goal.currency), tuple(left_out))


def _counting(goal: Goal, amounts: Sequence[Decimal]) -> Decimal:
    nothing = Decimal(0)
    if goal.goal_type is GoalType.DEBT_PAYOFF and amounts:
        owed = sum((max(-amount, nothing) for amount in amounts), nothing)
        return max(goal.target_amount.amount - owed, nothing)
    return sum((max(amount, nothing) for amount in amounts), nothing)


def require_links(links: Sequence[AccountLink], taken: Iterable[AccountLink]) -> None:
    """InvalidInputError for an account that is linked twice, or over all goals to more than the whole of it.

    `taken` are the links of the person's other goals.
    """
    if len(links) > MAX_LINKS:
        raise InvalidInputError(f"A goal may be linked to at most {MAX_LINKS} accounts.")
    if len({link.account_id for link in links}) < len(links):
        raise InvalidInputError("An account is named twice. Name it once, with the whole share.")
    used: dict[AccountId, Decimal] = {}
    for link in taken:
        used[link.account_id] = used.get(link.account_id, Decimal(0)) + link.share_percent
    for link in links:
        free = WHOLE - used.get(link.account_id, Decimal(0))
        if link.share_percent > free:
            raise InvalidInputError(
                f"Only {free}% of the account {link.account_id} is free; the rest counts towards other goals. "
                "Lower a share, or unlink it there."
            )
