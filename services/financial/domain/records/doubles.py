"""Entries by hand that a bank's file may have brought once more."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from services.financial.domain.records.labels import MAX_TAGS
from services.financial.domain.transaction import CategorySource, Transaction
from services.shared.domain.ids import TransactionId

# A card or a cheque is booked some days after it was paid with.
BOOKED_WITHIN_DAYS: Final = 5
# An entry with this tag is a payment of its own, whatever looks like it.
SEPARATE_TAG: Final = "separate"


@dataclass(frozen=True, slots=True)
class Double:
    """An entry by hand, and the line of a statement that may be the same payment."""

    entered: Transaction
    booked: Transaction

    @property
    def days_apart(self) -> int:
        """How many days lie between them."""
        return abs((self.entered.booked_on - self.booked.booked_on).days)


def possible_doubles(entered: Iterable[Transaction], booked: Iterable[Transaction]) -> list[Double]:
    """Pairs on one account of one amount within a few days, the nearest first; none is in two pairs."""
    lines: dict[tuple[object, object], list[Transaction]] = defaultdict(list)
    for line in booked:
        if not line.is_manual:
            lines[line.account_id, line.amount].append(line)
    pairs = [
        Double(entry, line)
        for entry in entered
        if entry.is_manual and SEPARATE_TAG not in entry.tags
        for line in lines[entry.account_id, entry.amount]
        if abs((entry.booked_on - line.booked_on).days) <= BOOKED_WITHIN_DAYS
    ]
    return _each_once(sorted(pairs, key=lambda pair: (pair.days_apart, pair.entered.id, pair.booked.id)))


def not_separate(entered: Transaction) -> Transaction:
    """The entry without the tag that tells it apart."""
    return replace(entered, tags=tuple(tag for tag in entered.tags if tag != SEPARATE_TAG))


def with_what_was_said(booked: Transaction, entered: Transaction) -> Transaction:
    """The bank's line with the note, the tags, and the category or parts that the person gave to the entry.

    What the person has said of the line itself stays.
    """
    tags = tuple(dict.fromkeys((*booked.tags, *entered.tags)))[:MAX_TAGS]
    after = replace(booked, note=booked.note or entered.note, tags=tags)
    said = entered.category_source is CategorySource.USER or bool(entered.parts)
    if booked.category_source is CategorySource.USER or booked.transfer_pair_id is not None or not said:
        return after
    return replace(
        after,
        category=entered.category,
        category_source=CategorySource.USER,
        rule_id=entered.rule_id,
        own_category=entered.own_category,
        parts=entered.parts,
    )


def _each_once(pairs: Sequence[Double]) -> list[Double]:
    taken: set[TransactionId] = set()
    found = []
    for pair in pairs:
        if taken.isdisjoint((pair.entered.id, pair.booked.id)):
            taken.update((pair.entered.id, pair.booked.id))
            found.append(pair)
    return found
