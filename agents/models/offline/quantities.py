"""Amounts, rates, ages and spans of time that a question gives for a calculation of its own, as it said them."""

from __future__ import annotations

import re
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from typing import Final

from agents.models.offline.amounts import AMOUNT, parse_amount
from agents.models.offline.number_words import COUNT, SCALES, count_value
from agents.models.offline.text import mask

# "10, 15 and 20 years" is three spans, "8 or 9%" two rates: each gets the unit of the last one.
_SHARED_UNIT: Final = re.compile(
    r"(?<![\w.,])(?P<one>\d{1,2}(?:\.\d+)?)(?P<joint>,? (?:and|or|vs\.?|versus|&) |, ?)"
    r"(?=(?:\d{1,2}(?:\.\d+)?(?:,? (?:and|or|vs\.?|versus|&) |, ?))*\d{1,2}(?:\.\d+)?(?P<unit> ?% ?|"
    r" ?(?:percent|years?|yrs?|months?)\b))"
)
RATES: Final = re.compile(
    r"(?<![\d.])(?P<rate>\d{1,3}(?:\.\d+)?) ?(?:%|percent\b|per ?cent\b|pc\b|p\.a\.)|"
    r"(?:\bat|@) ?(?P<bare>\d{1,2}\.\d{1,2})(?![\d.]| ?(?:lakhs?|lacs?|l\b|k\b|crores?|cr\b|thousand|rupees|rs))|"
    r"\b(?:interest|rate|roi)(?: rate)? (?:is|of|was|were|at|becomes|(?:goes|rises|falls|drops) to) "
    r"(?P<named>\d{1,2}(?:\.\d{1,2})?)(?![\d.,]| ?(?:lakhs?|lacs?|l\b|k\b|crores?|cr\b|"
    r"thousand|rupees|rs|months?|years?))"
)
_AGE_NOW: Final = re.compile(
    r"\b(?:i am|i'm|im|age(?= \d\d(?:,| and\b| with\b))|"
    r"my age(?: is)?|currently|aged|age now is|now)\s+(?:now |currently |aged )?(?P<age>\d{2})"
    r"(?! ?(?:%|lakh|k\b|crore|thousand|months?|days?|percent))(?: (?:years?|yrs?)(?: old)?)?|"
    r"(?P<old>\d{2}) (?:years?|yrs?) old\b"
)
_AGE: Final = re.compile(
    r"\b(?:at|by|before|until|till|age|aged|of|turn|turning|reach|am|"
    r"i'm)\s+(?:the )?(?:age (?:of )?)?(?P<age>[2-9]\d)\b"
    r"(?! ?(?:%|lakhs?|lacs?|k\b|crores?|thousand|percent|months?|rs|rupees)|,\d)"
)
SPANS: Final = re.compile(
    rf"(?<![\w.,])(?P<count>\d+(?:\.\d+)?|{COUNT}|(?<=in )an?|(?<=by )an?|(?<=within )an?|(?<=after )an?|"
    rf"half a)[ -]?(?P<half>and a half )?(?P<unit>year|yr|y|month|"
    rf"mth)s?\b"
)
AMOUNTS: Final = re.compile(
    rf"(?<![\w.,])(?P<amount>{AMOUNT})(?!\w| ?(?:%|percent|per ?cent|times|st\b|nd\b|rd\b|th\b))"
)
_SIGNED: Final = re.compile(rf"₹|\brs|\binr|rupee|/-|(?:{'|'.join(SCALES)})\b")
_SMALLEST_BARE: Final = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantities:
    """Amounts in rupees, rates in percent, spans in months; `age` is the one aimed at, `age_now` the present one."""

    amounts: tuple[Decimal, ...] = ()
    rates: tuple[Decimal, ...] = ()
    spans: tuple[int, ...] = ()
    age: int | None = None
    age_now: int | None = None
    deadline: date | None = None

    @property
    def amount(self) -> Decimal | None:
        """The first amount."""
        return self.amounts[0] if self.amounts else None

    @property
    def rate(self) -> Decimal | None:
        """The first rate."""
        return self.rates[0] if self.rates else None

    @property
    def months(self) -> int | None:
        """The first span."""
        return self.spans[0] if self.spans else None

    def over(self, earlier: Quantities) -> Quantities:
        """These, and what the earlier message had given where these are silent."""
        return Quantities(
            **{one.name: getattr(self, one.name) or getattr(earlier, one.name) for one in fields(Quantities)}
        )

    def __bool__(self) -> bool:
        """Whether anything was given."""
        return any(getattr(self, one.name) for one in fields(self))


NOTHING_GIVEN: Final = Quantities()


def find_quantities(text: str) -> Quantities:
    """Read lower-case text from which dates are already blanked; `deadline` is for the caller to fill in."""
    text = _SHARED_UNIT.sub(lambda match: f"{match['one']}{match['unit']}{match['joint']}", text)
    rates = tuple(Decimal(match["rate"] or match["bare"] or match["named"]) for match in RATES.finditer(text))
    rest = mask(text, [match.span() for match in RATES.finditer(text)])
    now = _AGE_NOW.search(rest)
    age_now = int(now["age"] or now["old"]) if now else None
    rest = mask(rest, [now.span()] if now else [])
    spans = [(match.span(), _months(match)) for match in SPANS.finditer(rest)]
    rest = mask(rest, [span for span, _ in spans])
    age = _AGE.search(rest)
    rest = mask(rest, [age.span()] if age else [])
    amounts = tuple(value for match in AMOUNTS.finditer(rest) if (value := _amount(match["amount"])) is not None)
    return Quantities(
        amounts=amounts,
        rates=rates,
        spans=tuple(months for _, months in spans if months),
        age=int(age["age"]) if age else None,
        age_now=age_now,
    )


def _months(match: re.Match[str]) -> int:
    words = match["count"]
    if words in ("a", "an", "half a"):
        count = Decimal("0.5") if words == "half a" else Decimal(1)
    else:
        count = Decimal(words) if words[0].isdigit() else Decimal(count_value(words))
    count += Decimal("0.5") if match["half"] else 0
    months = count * (12 if match["unit"] in ("year", "yr", "y") else 1)
    return int(months) if months <= 1_200 else 0


def _amount(words: str) -> Decimal | None:
    """A bare small number is no amount."""
    value = parse_amount(words)
    return value if value is not None and (_SIGNED.search(words) or value >= _SMALLEST_BARE) else None
