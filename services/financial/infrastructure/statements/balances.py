"""The running balance as a check on the amounts, and as the witness of the file's order."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from services.financial.domain.statement import RejectedLine, StatementLine

_MOST_WARNINGS: Final = 50


def chronological(lines: list[StatementLine]) -> list[StatementLine]:
    """Oldest first. A file that lists the newest first is turned around, so that a day's order holds as well."""
    if len(lines) < 2:
        return lines
    forward = sum(_follows(earlier, later) for earlier, later in pairwise(lines))
    backward = sum(_follows(earlier, later) for later, earlier in pairwise(lines))
    falling = sum(later.booked_on < earlier.booked_on for earlier, later in pairwise(lines))
    rising = sum(later.booked_on > earlier.booked_on for earlier, later in pairwise(lines))
    if (backward > forward and falling >= rising) or (backward == forward and falling and not rising):
        return lines[::-1]
    return lines


def contradictions(lines: Sequence[StatementLine], rejected: Sequence[RejectedLine]) -> list[str]:
    """Sentences about the lines whose amount is not the step of the running balance.

    `lines` are oldest first. A step over a rejected line proves nothing and is left out.
    """
    gaps = sorted(line.line for line in rejected)
    steps = [
        (earlier, later)
        for earlier, later in pairwise(lines)
        if earlier.balance_after is not None and later.balance_after is not None and not _between(gaps, earlier, later)
    ]
    wrong = [(earlier, later) for earlier, later in steps if not _follows(earlier, later)]
    if len(steps) > 3 and 2 * len(wrong) > len(steps):
        return [f"The balance column does not follow from the amounts ({len(wrong)} of {len(steps)} steps differ)."]
    warnings = [_contradiction(earlier, later) for earlier, later in wrong[:_MOST_WARNINGS]]
    if len(wrong) > _MOST_WARNINGS:
        warnings.append(f"{len(wrong) - _MOST_WARNINGS} more lines contradict their balance.")
    return warnings


def _follows(earlier: StatementLine, later: StatementLine) -> bool:
    before, after = earlier.balance_after, later.balance_after
    return before is not None and after is not None and before.amount + later.amount.amount == after.amount


def _contradiction(earlier: StatementLine, later: StatementLine) -> str:
    if earlier.balance_after is None or later.balance_after is None:
        raise ValueError("only lines with balances can contradict them")
    step = later.balance_after - earlier.balance_after
    return f"line {later.line_no}: the balance moves by {step}, the amount says {later.amount}"


def _between(gaps: Sequence[int], earlier: StatementLine, later: StatementLine) -> bool:
    low, high = sorted((earlier.line_no, later.line_no))
    at = bisect_right(gaps, low)
    return at < len(gaps) and gaps[at] < high
