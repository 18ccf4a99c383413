"""Which lines of a statement are on record already.

Policy. Within one account a line is identified by its fingerprint (day, amount, narration, the bank's reference) and
by how often that fingerprint occurs:

- two equal lines in one file are two real transactions (occurrence 0 and 1);
- a file that holds as many equal lines as are on record, or fewer, adds none of them; one that holds more adds the
  surplus;
- running balances decide where counting cannot: two files split one day between two equal lines, so each holds one of
  them, with different balances. They are two transactions if, and only if, the day's balances then form one unbroken
  chain. Otherwise the bank has merely printed the day in another order, and nothing is added.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from services.shared.domain.money import Money


@dataclass(frozen=True, slots=True)
class LineIdentity:
    """What is compared of a line: `fingerprint` first, then the running balance where the bank gives it."""

    fingerprint: bytes
    booked_on: date
    amount: Money
    balance_after: Money | None


@dataclass(frozen=True, slots=True)
class KnownLine:
    """A line on record, with its occurrence number among lines of one fingerprint."""

    identity: LineIdentity
    occurrence: int


@dataclass(frozen=True, slots=True)
class NewLine:
    """A line to be added: its index in the file, and the occurrence number it gets."""

    index: int
    occurrence: int


def find_new_lines(incoming: Sequence[LineIdentity], known: Iterable[KnownLine]) -> list[NewLine]:
    """The incoming lines that are not on record, in the order of the file."""
    known = list(known)
    on_record: dict[bytes, list[KnownLine]] = defaultdict(list)
    for line in known:
        on_record[line.identity.fingerprint].append(line)
    positions: dict[bytes, list[int]] = defaultdict(list)
    for index, identity in enumerate(incoming):
        positions[identity.fingerprint].append(index)
    added: set[int] = set()
    doubtful: set[int] = set()
    for key, indexes in positions.items():
        unmatched, unclaimed = _match_by_balance(indexes, incoming, on_record.get(key, []))
        added.update(unmatched[unclaimed:])
        doubtful.update(index for index in unmatched[:unclaimed] if incoming[index].balance_after is not None)
    added |= _separate_by_chain(incoming, known, added, doubtful)
    next_occurrence = {key: 1 + max(line.occurrence for line in lines) for key, lines in on_record.items()}
    result = []
    for index in sorted(added):
        key = incoming[index].fingerprint
        occurrence = next_occurrence.get(key, 0)
        next_occurrence[key] = occurrence + 1
        result.append(NewLine(index, occurrence))
    return result


def _match_by_balance(
    indexes: list[int], incoming: Sequence[LineIdentity], known: list[KnownLine]
) -> tuple[list[int], int]:
    """The incoming lines left after equal balances are matched, and how many known lines are left over."""
    if not known:
        return indexes, 0
    balances = Counter(line.identity.balance_after for line in known)
    unmatched = []
    for index in indexes:
        balance = incoming[index].balance_after
        if balances[balance]:
            balances[balance] -= 1
        else:
            unmatched.append(index)
    return unmatched, balances.total()


def _separate_by_chain(
    incoming: Sequence[LineIdentity], known: list[KnownLine], added: set[int], doubtful: set[int]
) -> set[int]:
    """Those doubtful lines without which the balances of their day do not chain up, and with which they do."""
    if not doubtful:
        return set()
    days = {incoming[index].booked_on for index in doubtful}
    lines: dict[date, list[LineIdentity]] = {day: [] for day in days}
    for line in known:
        if line.identity.booked_on in days:
            lines[line.identity.booked_on].append(line.identity)
    by_day: dict[date, set[int]] = {day: set() for day in days}
    for index in sorted(added | doubtful):
        day = incoming[index].booked_on
        if day in days:
            lines[day].append(incoming[index])
        if index in doubtful:
            by_day[day].add(index)
    return {index for day, indexes in by_day.items() if _is_chain(lines[day]) for index in indexes}


def _is_chain(lines: list[LineIdentity]) -> bool:
    """Whether the lines, each leading from one balance to the next, can be walked in one go (an Eulerian trail)."""
    degree: Counter[Money] = Counter()
    for line in lines:
        if line.balance_after is None:
            return False
        degree[line.balance_after - line.amount] += 1
        degree[line.balance_after] -= 1
    return sum(abs(count) for count in degree.values()) <= 2
