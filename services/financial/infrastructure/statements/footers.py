"""Lines that are no movements: blank lines, rulers, totals, carried balances and the bank's small print."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

_RULER = re.compile(r"[\s*\-=_#~.+]*")
# The wordings of Indian banks' statements; matched at the beginning of the line's text.
_SUMMARY = re.compile(
    r"""[*\s\-:#+]*(?:
        (?:opening|closing|available|final)\s+bal(?:ance)?\b
        | (?:grand\s+|sub\s?-?)?totals?
          (?:\s+(?:debits?|credits?|withdrawals?|deposits?|amounts?|balance|transactions?))*\W*$
        | total\s+(?:number|no\.?|count)\s+of\b
        | statement\s+summary | (?:dr|debit)\s+count | end\s+of\s+(?:the\s+)?(?:statement|report|transactions)
        | (?:balance\s+)?(?:brought|carried)\s+(?:forward|over)\b | [bc]/f\b
        | this\s+is\s+(?:a\s+)?(?:computer|system) | (?:computer|system)[\s-]+generated | generated\s+(?:on|by)\b
        | page\s+(?:no\b|\d+) | legends?\b | notes?\s*: | disclaimer | contents?\s+of\s+this\s+statement
        | registered\s+office | state\s+account\s+branch | hdfc\s+bank\s+(?:ltd|limited)
        | closing\s+balance\s+includes | unless\s+the\s+constituent | \*+\s*end\b
    )""",
    re.IGNORECASE | re.VERBOSE,
)
_ENDING = re.compile(r"[*\s\-:#+]*(?:statement\s+summary|end\s+of\s+(?:the\s+)?(?:statement|report))", re.IGNORECASE)
_CARRIED = re.compile(
    r"(?:(?:opening|closing)\s+bal(?:ance)?|(?:balance\s+)?(?:brought|carried)\s+forward|b/f|c/f|totals?)\W*",
    re.IGNORECASE,
)
_CARD_NUMBER_ROW = re.compile(r"[\dXx*]{4}[\s-]?[Xx*]{4}[\s-]?[Xx*]{4}[\s-]?\d{4}|[\dXx*]{12,19}")
_FIGURE = re.compile(r"\W*\d[\d,.]*\W*")
_PROSE_WORDS: Final = 6


def is_blank_or_ruler(cells: Sequence[str]) -> bool:
    """Nothing but spaces, or a line drawn with stars or dashes."""
    return all(_RULER.fullmatch(cell) for cell in cells)


def is_summary(cells: Sequence[str]) -> bool:
    """A total, a balance or the bank's own words, where a movement would begin with its date."""
    first = next((cell for cell in cells if cell.strip()), "")
    return _SUMMARY.match(first) is not None


def ends_statement(cells: Sequence[str]) -> bool:
    """The line after which only a summary follows."""
    return any(_ENDING.match(cell) for cell in cells if cell)


def is_carried_balance(narration: str) -> bool:
    """A dated line without an amount that only states a balance."""
    return _CARRIED.fullmatch(narration.strip()) is not None


def is_card_number_row(cells: Sequence[str]) -> bool:
    """The masked card number that stands alone above its purchases."""
    filled = [cell.strip() for cell in cells if cell.strip()]
    return len(filled) == 1 and _CARD_NUMBER_ROW.fullmatch(filled[0]) is not None


def is_prose(cells: Sequence[str]) -> bool:
    """A sentence without any figure of its own, as in the small print below the last movement."""
    if any(_FIGURE.fullmatch(cell) for cell in cells):
        return False
    return len(" ".join(cells).split()) >= _PROSE_WORDS
