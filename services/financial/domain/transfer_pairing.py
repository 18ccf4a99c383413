"""Finding the two legs of a transfer between a person's own accounts.

Equal and opposite amounts are not enough: at least one leg has to look like a transfer, both have to carry the same
reference number, or both are transfers inside a bank on one day that name the same person.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from services.financial.domain.category import Category
from services.financial.domain.payee import read_narration
from services.financial.domain.payee_narration import Channel
from services.shared.domain.ids import AccountId, TransactionId
from services.shared.domain.money import Money

MAX_DAYS_APART: Final = 3
# UPI, IMPS and NEFT references have 12 digits and more; shorter runs are dates, account tails and codes.
_REFERENCE: Final = re.compile(r"\d{10,}")
_UNDECIDED: Final = frozenset({Category.TRANSFER, Category.OTHER, Category.OTHER_INCOME})


@dataclass(frozen=True, slots=True, kw_only=True)
class PairingCandidate:
    """A transaction that may be a leg; `category` and `payee` are what is made of it by itself."""

    id: TransactionId
    account_id: AccountId
    booked_on: date
    amount: Money
    narration: str
    payee: str
    category: Category


@dataclass(frozen=True, slots=True)
class TransferPair:
    """Money that left one own account and came in on another."""

    debit: TransactionId
    credit: TransactionId


def pair_transfers(transactions: Sequence[PairingCandidate]) -> list[TransferPair]:
    """The pairs, each transaction in one at most; the same whatever the order of `transactions`.

    Legs with the same reference number go together first, then those nearest in time.
    """
    taken: set[TransactionId] = set()
    pairs: list[TransferPair] = []
    for group in _by_size(transactions):
        for _, _, _, debit, credit in sorted(_possible(group)):
            if debit not in taken and credit not in taken:
                taken |= {debit, credit}
                pairs.append(TransferPair(debit, credit))
    return pairs


_Edge = tuple[bool, int, date, TransactionId, TransactionId]


def _by_size(transactions: Iterable[PairingCandidate]) -> Iterator[list[PairingCandidate]]:
    groups: dict[Money, list[PairingCandidate]] = defaultdict(list)
    for transaction in transactions:
        groups[abs(transaction.amount)].append(transaction)
    return (sorted(group, key=lambda t: (t.booked_on, t.id)) for group in groups.values() if len(group) > 1)


def _possible(group: list[PairingCandidate]) -> Iterator[_Edge]:
    """Every allowed pair of the group, best first when sorted. The group is in order of days."""
    for index, first in enumerate(group):
        for second in group[index + 1 :]:
            days = (second.booked_on - first.booked_on).days
            if days > MAX_DAYS_APART:
                break
            if first.account_id == second.account_id or first.amount != -second.amount:
                continue
            same_reference = not _references(first).isdisjoint(_references(second))
            if same_reference or _look_like_transfer(first, second):
                debit, credit = (first, second) if first.amount.amount < 0 else (second, first)
                yield not same_reference, days, first.booked_on, debit.id, credit.id


def _references(transaction: PairingCandidate) -> set[str]:
    return {digits.lstrip("0") for digits in _REFERENCE.findall(transaction.narration)}


def _look_like_transfer(first: PairingCandidate, second: PairingCandidate) -> bool:
    """A transfer by its narrations, of which neither leg is plainly something else, such as a salary."""
    categories = {first.category, second.category}
    if not categories <= _UNDECIDED:
        return False
    return Category.TRANSFER in categories or _name_one_holder(first, second)


def _name_one_holder(first: PairingCandidate, second: PairingCandidate) -> bool:
    """Inside a bank each side names the other's holder: when that is one person, it is the person's own money."""
    return (
        first.booked_on == second.booked_on
        and first.payee == second.payee
        and all(read_narration(leg.narration).channel is Channel.TRANSFER for leg in (first, second))
    )
