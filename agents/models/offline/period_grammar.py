"""Single mentions of a period in lower-case English: names of months, dates, financial years, relative periods.

Each rule is a pattern and a function from its match and today to a `Period`, or None when the match is not a date
after all (such as 31/02/2026). Ranges and the choice among overlapping mentions are in `period_parser`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Final

from agents.models.offline import periods
from agents.models.offline.half_years import calendar_half, fiscal_half
from agents.models.offline.month_parts import days_of_part, part_of_month
from agents.models.offline.months import LAST, MONTH, YEAR, is_last, month_number, month_of_match, year_number
from agents.models.offline.number_words import COUNT, ORDINALS, count_value
from agents.models.offline.periods import EARLIEST, Period
from agents.models.offline.weekdays import DAY_NAMES

Match = re.Match[str]
Builder = Callable[[Match, date], Period | None]

_DAY: Final = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_FISCAL: Final = r"(?:fy|f\.y\.|financial year|fiscal year|fiscal)"
# Of the weeks of a month and the quarters of a year.
_PLACE: Final = "|".join(word for word, number in ORDINALS.items() if number < 5)
_MONTH_OF: Final = rf"(?:the )?(?:(?:(?P<relative>{LAST}|this|current) )?month|{MONTH}(?:,? {YEAR})?)"
_THIS: Final = r"(?:this|current|the current|the running)"


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _one_day(on: date | None) -> Period | None:
    return periods.day(on) if on else None


def _latest(make: Callable[[int], date | None], today: date) -> date | None:
    """The newest date that is not in the future, of the last few years (29 February exists in some only)."""
    candidates = (make(today.year - back) for back in range(9))
    return next((one for one in candidates if one and one <= today), None)


def _day_month(match: Match, today: date) -> Period | None:
    number, in_month = int(match["day"]), month_number(match)
    if match["year"]:
        return _one_day(_date(year_number(match["year"]), in_month, number))
    on = _latest(lambda year: _date(year, in_month, number), today)
    return Period(on, on, floating=True) if on else None


def _days_of_month(match: Match, today: date) -> Period | None:
    single = _day_month(match, today)
    first = _date(single.end.year, single.end.month, int(match["first"])) if single else None
    return Period(first, single.end, single.floating) if single and first and first <= single.end else None


def _month(match: Match, today: date) -> Period | None:
    number = month_number(match)
    if match["year"]:
        return periods.month(year_number(match["year"]), number)
    last = (match["which"] or "") not in ("", "this") and number == today.month
    return periods.month(today.year - (number > today.month or last), number, floating=True)


def _iso_month(match: Match, _: date) -> Period | None:
    number = int(match["number"])
    if 1 <= number <= 12:
        return periods.month(int(match["year"]), number)
    following = (int(match["year"]) + 1) % 100
    return periods.fiscal_year(int(match["year"]) + 1) if number == following else None


def _slash_month(match: Match, _: date) -> Period | None:
    number = int(match["number"])
    return periods.month(int(match["year"]), number) if 1 <= number <= 12 else None


def _fiscal_year(match: Match, _: date) -> Period:
    first = year_number(match["first"])
    return periods.fiscal_year(first + 1 if match["ending"] else first)


def _fiscal_quarter(match: Match, today: date) -> Period | None:
    number = int(match["number"] or ORDINALS[match["place"]])
    if match["relative"]:
        ending = periods.fiscal_year_of(today) - is_last(match["relative"])
        return periods.fiscal_quarter(ending, number)
    if match["first"]:
        first = year_number(match["first"])
        return periods.fiscal_quarter(first + 1 if match["ending"] else first, number)
    if match["year"]:
        return periods.quarter(int(match["year"]), number)
    latest = periods.fiscal_quarter(periods.fiscal_year_of(today), number)
    return latest if latest.start <= today else periods.shift(latest, -12)


def _relative_unit(match: Match, today: date) -> Period:
    offset = {"this": 0, "next": 1}.get(match["which"].split()[-1].replace("current", "this"), -1)
    unit = match["unit"]
    if unit == "year" and match["which"] == "past":
        return periods.last_months(today, 12)
    if unit == "week":
        return periods.week_of(today, offset)
    if unit == "month":
        return periods.month_of(today, offset)
    if unit == "quarter":
        return periods.quarter_of(today, offset)
    if unit == "year":
        return periods.year(today.year + offset)
    return periods.fiscal_year(periods.fiscal_year_of(today) + offset)


def _running(match: Match, today: date) -> Period:
    return periods.year(today.year) if match["year"] else periods.month_of(today)


def _before_last(match: Match, today: date) -> Period:
    match match["unit"]:
        case "week":
            return periods.week_of(today, -2)
        case "month":
            return periods.month_of(today, -2)
        case "quarter":
            return periods.quarter_of(today, -2)
        case _:
            return periods.year(today.year - 2)


def _last_count(match: Match, today: date) -> Period | None:
    count, unit = count_value(match["count"]), match["unit"]
    if not 0 < count <= 600:
        return None
    if unit == "day":
        return periods.last_days(today, count)
    if unit == "week":
        return periods.week_of(today, -1) if count == 1 else periods.last_days(today, 7 * count)
    return periods.last_months(today, count * {"month": 1, "quarter": 3, "year": 12}[unit])


def _next_count(match: Match, today: date) -> Period | None:
    days = count_value(match["count"]) * {"day": 1, "week": 7, "month": 30}[match["unit"]]
    return Period(today, today + timedelta(days=days)) if 0 < days <= 3_660 else None


def _ago(match: Match, today: date) -> Period | None:
    count, unit = count_value(match["count"]), match["unit"]
    if not 0 < count <= 600:
        return None
    if unit == "day":
        return periods.day(today - timedelta(days=count))
    return periods.week_of(today, -count) if unit == "week" else periods.month_of(today, -count)


def _weekday(match: Match, today: date) -> Period:
    back = (today.weekday() - DAY_NAMES.index(match["weekday"])) % 7
    back += 7 if back == 0 and match["which"] else 0
    return periods.day(today - timedelta(days=back))


def _weekend(match: Match, today: date) -> Period:
    saturday = periods.week_of(today, -1 if (match["which"] or "this ") != "this " else 0).start + timedelta(days=5)
    if saturday > today:
        saturday -= timedelta(days=7)
    return Period(saturday, saturday + timedelta(days=1))


def _to_date(match: Match, today: date) -> Period:
    if "month" in match[0] or "mtd" in match[0]:
        return Period(today.replace(day=1), today)
    if match["fiscal"]:
        return Period(periods.fiscal_year(periods.fiscal_year_of(today)).start, today)
    return Period(date(today.year, 1, 1), today)


def _quarter_to(match: Match, today: date) -> Period:
    """The three months that end with one: the June quarter is April to June."""
    last = month_of_match(match, today)
    return Period(periods.shift(last, -2).start, last.end)


def _numeric_date(match: Match, _: date) -> Period | None:
    return _one_day(_date(year_number(match["year"]), int(match["number"]), int(match["day"])))


def _rule(pattern: str, build: Builder) -> tuple[re.Pattern[str], Builder]:
    return re.compile(rf"(?<![\w.,/])(?:{pattern})(?![\w/])"), build


RULES: Final[tuple[tuple[re.Pattern[str], Builder], ...]] = (
    _rule(
        rf"(?:the )?(?P<place>{_PLACE}|last) (?P<part>week|half|fortnight) (?:(?:of|in) )?{_MONTH_OF}",
        part_of_month,
    ),
    _rule(
        rf"(?:the )?(?P<place>first|last) (?P<count>{COUNT}) days (?:of|in) {_MONTH_OF}",
        days_of_part,
    ),
    _rule(
        rf"(?:the )?(?P<place>first|1st|second|2nd|last) half of (?:the )?"
        rf"(?:(?P<relative>(?:{LAST}|this|current) year|year)|(?P<year>20\d\d))",
        calendar_half,
    ),
    _rule(
        rf"(?:the )?h(?P<half>[12])(?:(?: of)?[ ,-]*(?:the )?(?:{_FISCAL}[ -]?(?P<first>20\d\d|\d\d)"
        rf"(?:[-/](?P<ending>\d\d))?|(?P<relative>{LAST}|{_THIS}) (?:{_FISCAL}|year)))?",
        fiscal_half,
    ),
    _rule(r"(?:the )?(?:end of (?:(?:the|this) )?month|month[- ]end)", lambda _, today: periods.month_of(today)),
    _rule(r"over the (?:last|past) year", lambda _, today: periods.last_months(today, 12)),
    _rule(r"(?:the )?(?P<unit>week|month|quarter|year) before last(?: (?P=unit))?", _before_last),
    _rule(rf"(?:the )?{LAST} fortnight", lambda _, today: periods.last_days(today, 14)),
    _rule(r"(?:(?<=invested )|(?<=paid )|(?<=repaid )|(?<=saved ))so far", lambda _, today: Period(EARLIEST, today)),
    _rule(r"day before yesterday", lambda _, today: periods.day(today - timedelta(days=2))),
    _rule(r"yesterday", lambda _, today: periods.day(today - timedelta(days=1))),
    _rule(r"today", lambda _, today: periods.day(today)),
    _rule(r"tomorrow", lambda _, today: periods.day(today + timedelta(days=1))),
    _rule(
        rf"(?:the )?(?P<which>{LAST}|{_THIS}|next) (?P<unit>week|month|quarter|year|fy|financial year|"
        rf"fiscal year|fiscal)",
        _relative_unit,
    ),
    _rule(
        rf"(?:the )?{LAST} (?P<count>{COUNT}) (?:full |calendar |complete )?(?P<unit>day|week|month|quarter|year)s?",
        _last_count,
    ),
    _rule(rf"(?:the )?next (?P<count>{COUNT}) (?P<unit>day|week|month)s?", _next_count),
    _rule(rf"(?P<count>{COUNT}) (?P<unit>day|week|month)s? ago", _ago),
    _rule(
        r"(?:(?P<fiscal>financial year|fiscal year|fy)|year|month)[ -]to[ -]date|ytd|mtd|"
        r"so far this (?:year|month)|this (?:year|month) so far",
        _to_date,
    ),
    _rule(r"(?:of the|(?:beginning|start) of) (?:(?P<year>year)|month)(?=\W*$)", _running),
    _rule(rf"(?P<which>{LAST} |this )?weekend", _weekend),
    _rule(rf"(?:on )?(?P<which>{LAST} )?(?P<weekday>{'|'.join(DAY_NAMES)})", _weekday),
    _rule(rf"{_FISCAL}[ -]?(?P<first>20\d\d|\d\d)(?:[-/ ](?P<ending>20\d\d|\d\d))?", _fiscal_year),
    _rule(
        rf"(?:the )?(?:q(?:uarter |tr ?)?(?P<number>[1-4])|(?P<place>{_PLACE}) (?:quarter|qtr))"
        rf"(?:(?:(?: of)?[ ,-]*{_FISCAL}[ -]?(?P<first>20\d\d|\d\d)(?:[-/](?P<ending>\d\d))?)"
        rf"|(?:(?: of)?[ ,-]*(?:the )?(?P<relative>{LAST}|{_THIS}) (?:{_FISCAL}|year))"
        r"|(?:(?: of)?[ ,-]*(?P<year>20\d\d)))?",
        _fiscal_quarter,
    ),
    _rule(rf"(?:the )?quarter (?:that )?end(?:ed|ing|s) (?:in )?{MONTH}(?:,? {YEAR})?", _quarter_to),
    _rule(rf"(?:the )?{MONTH}(?:,? {YEAR})? quarter", _quarter_to),
    _rule(
        r"(?P<year>20\d\d)-(?P<number>\d\d)-(?P<day>\d\d)",
        _numeric_date,
    ),
    _rule(r"(?P<day>\d{1,2})[/.-](?P<number>\d{1,2})[/.-](?P<year>20\d\d|\d\d)", _numeric_date),
    _rule(r"(?P<year>20\d\d)-(?P<number>\d\d)", _iso_month),
    _rule(r"(?P<number>\d{1,2})[/-](?P<year>20\d\d)", _slash_month),
    _rule(rf"(?:on )?(?:the )?{_DAY}[ -]?(?:of )?{MONTH}(?:,?[ -]?(?P<year>20\d\d|'\d\d|(?<=-)\d\d))?", _day_month),
    _rule(rf"(?:on )?{MONTH} (?:the )?{_DAY}(?! ?(?:k|lakhs?|lacs?|crores?|%|thousand))(?:,? {YEAR})?", _day_month),
    _rule(
        rf"(?:(?:between|from) (?:the )?)?(?P<first>\d{{1,2}})(?:st|nd|rd|th)? ?(?:-|to|till|"
        rf"and(?= \d{{1,2}}(?:st|nd|rd|th)? (?:of )?[a-z])) ?"
        rf"(?:the )?{_DAY} (?:of )?{MONTH}(?:,? ?{YEAR})?",
        _days_of_month,
    ),
    _rule(rf"(?:(?P<which>{LAST}|this) )?{MONTH}(?:,? ?(?:of )?(?:-)?(?P<year>20\d\d|'\d\d|(?<=-)\d\d))?", _month),
    # A bare 2000 is an amount.
    _rule(
        r"(?:(?:the year |calendar year |cy ?)|(?=20[1-4]))(?P<year>20[0-4]\d)",
        lambda m, _: periods.year(int(m["year"])),
    ),
    _rule(
        r"all[ -]time|ever|so far overall|since the (?:beginning|start)|of all time|in my whole history|"
        r"till date|to date",
        lambda _, today: Period(EARLIEST, max(today, EARLIEST)),
    ),
)
