"""Accounts that a person may have twice: as Fi tells of them, and of their own making."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from services.financial.domain.account import Account
from services.financial.domain.fi.banks import same_bank
from services.financial.domain.investments.holding import INVESTMENT_ACCOUNTS
from services.financial.domain.records.history import Actor
from services.financial.domain.transaction import Transaction
from services.shared.domain.errors import ConflictError
from services.shared.domain.ids import AccountId, TransactionId, UserId

# With the same balance after it, a line is the same one even if one source books it after a long week-end. Without, two
# equal amounts on two days may well be two payments.
_SAME_BALANCE_WITHIN_DAYS: Final = 4


class TwinDecision(StrEnum):
    """What a person says of two accounts.

    `merge`: they are one; their own account takes what Fi's has besides, and Fi tells of it from now on.
    `leave_out`: they are one, and what Fi tells of it shall not be kept. `separate`: they are two.
    """

    MERGE = "merge"
    LEAVE_OUT = "leave_out"
    SEPARATE = "separate"


class NotTwinsError(ConflictError):
    """Two accounts that cannot be the same."""

    code = "not-the-same-account"

    def __init__(self) -> None:
        super().__init__(
            "These cannot be one account: name one that came from Fi, and one of your own making of the same kind at "
            "the same bank. GET /api/v1/fi/doubles lists such pairs."
        )


class LeftOutBeforeError(ConflictError):
    """What Fi tells of an account is not kept, so there is nothing to merge."""

    code = "left-out-before"

    def __init__(self) -> None:
        super().__init__(
            "What Fi tells of this account is left out, so there is nothing to merge. Say that the two are separate, "
            "fetch from Fi, and merge them then."
        )


class HoldingsDoNotMergeError(ConflictError):
    """Holdings of two sources cannot be told apart line by line."""

    code = "holdings-do-not-merge"

    def __init__(self) -> None:
        super().__init__(
            "Accounts with holdings are not merged: units would count twice. Leave Fi's out (leave_out), or say that "
            "the two are separate."
        )


@dataclass(frozen=True, slots=True)
class Twins:
    """Fi's account, and one of the person's own making that may be the same."""

    reported: Account
    own: Account


@dataclass(frozen=True, slots=True, kw_only=True)
class DecidedTwins:
    """What was said of two accounts, by whom and when; the accounts may be gone."""

    user_id: UserId
    account_id: AccountId
    own_account_id: AccountId
    decision: TwinDecision
    actor: Actor
    decided_at: datetime


def twins_among(accounts: Iterable[Account]) -> Iterator[Twins]:
    """All that are of the same kind, at the same bank and in the same currency."""
    known = list(accounts)
    own = [account for account in known if not account.fi_mcp_account_id]
    for reported in known:
        if reported.fi_mcp_account_id:
            yield from (Twins(reported, one) for one in own if _are_alike(reported, one))


def undecided(accounts: Iterable[Account], decisions: Iterable[DecidedTwins]) -> list[Twins]:
    """Those of which nothing was said: both count."""
    said = {(one.account_id, one.own_account_id) for one in decisions}
    return [twins for twins in twins_among(accounts) if (twins.reported.id, twins.own.id) not in said]


def left_out(decisions: Sequence[DecidedTwins]) -> frozenset[AccountId]:
    """Fi's accounts that are not to be kept; `decisions` are in the order in which they were made."""
    latest = {(one.account_id, one.own_account_id): one.decision for one in decisions}
    return frozenset(account for (account, _), decision in latest.items() if decision is TwinDecision.LEAVE_OUT)


def require_mergeable(twins: Twins) -> None:
    """HoldingsDoNotMergeError for accounts that hold investments."""
    if twins.reported.account_type in INVESTMENT_ACCOUNTS:
        raise HoldingsDoNotMergeError


def same_lines(reported: Iterable[Transaction], own: Iterable[Transaction]) -> list[tuple[Transaction, Transaction]]:
    """Lines of Fi's account and of the person's own that are one, the surest first; none is in two pairs.

    They have the same amount, and are booked on one day or have the same balance after them. What was entered by hand
    is no line of a bank.
    """
    by_amount: dict[object, list[Transaction]] = {}
    for line in own:
        if not line.is_manual:
            by_amount.setdefault(line.amount, []).append(line)
    pairs = [(one, line) for one in reported for line in by_amount.get(one.amount, ()) if _may_be_one(one, line)]
    taken: set[TransactionId] = set()
    found = []
    for one, line in sorted(pairs, key=_unlikeness):
        if taken.isdisjoint((one.id, line.id)):
            taken.update((one.id, line.id))
            found.append((one, line))
    return found


def _are_alike(reported: Account, own: Account) -> bool:
    return (
        reported.account_type is own.account_type
        and reported.currency == own.currency
        and same_bank(reported.institution, own.institution)
    )


def _may_be_one(one: Transaction, line: Transaction) -> bool:
    within = _SAME_BALANCE_WITHIN_DAYS if _has_same_balance(one, line) else 0
    return abs((one.booked_on - line.booked_on).days) <= within


def _has_same_balance(one: Transaction, line: Transaction) -> bool:
    return one.balance_after is not None and one.balance_after == line.balance_after


def _unlikeness(pair: tuple[Transaction, Transaction]) -> tuple[bool, bool, int, TransactionId, TransactionId]:
    one, line = pair
    days = abs((one.booked_on - line.booked_on).days)
    return (one.fingerprint != line.fingerprint, not _has_same_balance(one, line), days, one.id, line.id)
