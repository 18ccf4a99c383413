"""Everything a question mentions, in one pass: periods, an amount, a limit, an account, categories and payees."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Final

from agents.models.offline.account_mention import AccountMention, another_by_kind, find_account
from agents.models.offline.amounts import AmountCondition, find_condition
from agents.models.offline.language.reading import readable
from agents.models.offline.number_words import COUNT, ORDINALS, count_value
from agents.models.offline.period_parser import PeriodMention, RelativePeriod, find_periods
from agents.models.offline.quantities import NOTHING_GIVEN, Quantities, find_quantities
from agents.models.offline.subjects import Subject, find_subjects
from agents.models.offline.text import lower, mask
from agents.models.offline.weekdays import find_weekdays

_PAIRWISE: Final = re.compile(r"\bcompar|\bdiffer|\bchang|\bvs\b|\bversus\b|\bmore\b|\bless\b|\bhigher\b|\blower\b")
_SUPERLATIVE: Final = (
    r"(?:biggest|largest|highest|most|latest|last|recent|newest|smallest|lowest|top|costliest|priciest)"
)
# "The last 3 fills" are rows, whatever they are called; the last 3 months are days.
_NO_ROW: Final = (
    r"(?:full |calendar |complete |financial |fiscal )?(?:days?|weeks?|months?|quarters?|years?|weekends?|fy)"
)
_LIMIT: Final = re.compile(
    rf"\b(?:top|first) (?P<top>{COUNT})\b(?! days)|(?<![\d,.])\b(?P<before>{COUNT}) {_SUPERLATIVE}\b"
    rf"(?! (?:days?|weeks?|months?|quarters?|years?|financial|fiscal)\b)"
    rf"|\b(?:last|latest|recent|newest|first|previous|past) (?P<rows>{COUNT}) (?!{_NO_ROW}\b)(?=[a-z])"
    rf"|\b(?P<place>{'|'.join(ORDINALS)}) (?=(?:biggest|largest|highest|costliest)\b)"
    rf"|\b(?:biggest|largest|highest|costliest) (?P<after>{COUNT})\b"
)
_LARGEST_LIMIT: Final = 50


@dataclass(frozen=True, slots=True)
class Mentions:
    """What was understood. `rest` is the lower-case text with all of it blanked: cue words are looked for there."""

    text: str
    rest: str
    periods: tuple[PeriodMention, ...]
    condition: AmountCondition | None
    limit: int | None
    account: AccountMention | None
    subjects: tuple[Subject, ...]
    quantities: Quantities = NOTHING_GIVEN
    cased: str = ""
    weekdays: frozenset[int] = frozenset()
    several_accounts: bool = False

    @property
    def categories(self) -> tuple[str, ...]:
        """Categories asked for."""
        return tuple(dict.fromkeys(s.category for s in self.subjects if s.category and not s.excluded))

    @property
    def payees(self) -> tuple[str, ...]:
        """Payees asked for, as typed."""
        return tuple(dict.fromkeys(s.payee for s in self.subjects if s.payee and not s.excluded))

    @property
    def excluded_categories(self) -> tuple[str, ...]:
        """Categories to leave out."""
        return tuple(dict.fromkeys(s.category for s in self.subjects if s.category and s.excluded))

    @property
    def excluded_payees(self) -> tuple[str, ...]:
        """Payees to leave out."""
        return tuple(dict.fromkeys(s.payee for s in self.subjects if s.payee and s.excluded))

    def says(self, pattern: re.Pattern[str]) -> bool:
        """Whether a cue stands in what is left of the text."""
        return bool(pattern.search(self.rest))


def find_mentions(question: str, today: date) -> Mentions:
    """Read a question as the person typed it."""
    cased = readable(question)
    text = lower(cased)
    limit = _LIMIT.search(text)
    rest = mask(text, [limit.span()]) if limit else text
    weekdays, spans = find_weekdays(rest)
    rest = mask(rest, spans)
    periods = find_periods(rest, today, pairwise=bool(_PAIRWISE.search(text)))
    rest = mask(rest, [(one.start, one.end) for one in periods])
    quantities = find_quantities(rest)
    condition = find_condition(rest)
    rest = mask(rest, [(condition.start, condition.end)] if condition else [])
    account, spans = find_account(rest, cased)
    rest = mask(rest, spans)
    others = (find_account(rest, cased)[1] or another_by_kind(rest)) if account else []
    rest = mask(rest, others)
    subjects = find_subjects(rest, cased)
    return Mentions(
        text=text,
        rest=mask(rest, [(one.start, one.end) for one in subjects]),
        periods=_distinct([one.period for one in periods]),
        condition=condition,
        limit=_limit(limit),
        account=account,
        subjects=tuple(subjects),
        quantities=quantities,
        cased=cased,
        weekdays=weekdays,
        several_accounts=bool(others),
    )


def _distinct(found: list[PeriodMention]) -> tuple[PeriodMention, ...]:
    """What was named twice is one period; "the month before" may be said again and be another one."""
    return tuple(one for place, one in enumerate(found) if isinstance(one, RelativePeriod) or one not in found[:place])


def _limit(match: re.Match[str] | None) -> int | None:
    words = next((group for group in match.groups() if group), None) if match else None
    if words in ORDINALS:
        return ORDINALS[words]  # The second is told with the first.
    return min(max(count_value(words), 1), _LARGEST_LIMIT) if words else None
