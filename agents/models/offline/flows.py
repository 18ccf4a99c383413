"""Questions about a flow of money, spending or income: which calls answer which shape of question."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from agents.models.offline import periods
from agents.models.offline.frame import Frame
from agents.models.offline.periods import Period
from agents.models.offline.results import Call, Payload, Results
from agents.models.offline.shapes import Shape
from agents.models.offline.wording import category_name, payee_name

TOP_DEFAULT: Final = 5
_FREQUENT: Final = re.compile(
    r"\bmost (?:frequent|often|visited|regular|used|ordered|times)\w*|\b(?:frequently|most often)\b|\bfrequent\b"
)
# Whether something has come is asked of the month that runs.
_COME: Final = re.compile(
    r"^(?:and |so |ok )*(?:was|were|has|have|did|is)\b|^(?:my )?\w+ (?:received|credited|come)(?: what)?\W*$"
)
_ALREADY: Final = re.compile(r"\balready\b|\bso far\b")
_LEAST: Final = re.compile(r"\b(?:least|lowest|smallest|cheapest)\b")
AVERAGED_MONTHS: Final = 6


@dataclass(frozen=True, slots=True)
class Flow:
    """A direction of money. `ongoing_default`: without a period the current month is meant, otherwise "
    "the last full one."""

    tool: str
    verb: str
    noun: str
    category_preposition: str
    payee_preposition: str
    ongoing_default: bool


SPENDING: Final = Flow("get_spending", "spent", "spending", "on", "at", ongoing_default=True)
INCOME: Final = Flow("get_income", "received", "income", "as", "from", ongoing_default=False)


@dataclass(frozen=True, slots=True)
class FlowSubject:
    """What a figure is about: a category, a payee, both or everything."""

    category: str | None = None
    payee: str | None = None

    def phrase(self, flow: Flow) -> str:
        """` on dining at Swiggy`, empty for everything."""
        on = f" {flow.category_preposition} {category_name(self.category)}" if self.category else ""
        return on + (f" {flow.payee_preposition} {payee_name(self.payee)}" if self.payee else "")

    @property
    def title(self) -> str:
        """The subject on its own."""
        named = [category_name(self.category)] if self.category else []
        return " at ".join([*named, payee_name(self.payee)] if self.payee else named)

    @property
    def arguments(self) -> dict[str, object]:
        """The tool's filter arguments."""
        return {key: value for key, value in (("category", self.category), ("payee", self.payee)) if value}


EVERYTHING: Final = FlowSubject()


def subjects_of(frame: Frame) -> tuple[FlowSubject, ...]:
    """What the question is about. One category and one payee together narrow each other; several stand side by side."""
    if len(frame.categories) == 1 and len(frame.payees) == 1 and frame.shape is not Shape.COMPARE:
        return (FlowSubject(frame.categories[0], frame.payees[0]),)
    sides = [FlowSubject(category=one) for one in frame.categories] + [FlowSubject(payee=one) for one in frame.payees]
    return tuple(sides) or (EVERYTHING,)


def periods_of(flow: Flow, frame: Frame) -> tuple[Period, ...]:
    """The periods asked for, as far as they have happened, or the shape's default."""
    if frame.periods:
        asked = tuple(one.until(frame.today) for one in frame.periods)
        return asked if frame.shape in (Shape.COMPARE, Shape.WHY, Shape.TOTAL) else asked[:1]
    if frame.shape in (Shape.TREND, Shape.AVERAGE, Shape.EXTREME_MONTH) or (
        frame.shape is Shape.BREAKDOWN and frame.group == "month"
    ):
        return (periods.last_months(frame.today, AVERAGED_MONTHS),)
    if frame.shape is Shape.SHARE and of_income(frame) and not _ALREADY.search(frame.text):
        return (periods.month_of(frame.today, -1),)
    if frame.payees:
        return (Period(periods.EARLIEST, frame.today),)
    if flow.ongoing_default or _COME.search(frame.text):
        return (periods.month_of(frame.today).until(frame.today),)
    return (periods.month_of(frame.today, -1),)


def default_name(flow: Flow, frame: Frame) -> str:
    """The default period in words, for the note that says it was assumed."""
    if periods_of(flow, frame)[0].start == periods.EARLIEST:
        return "all your records"
    if periods_of(flow, frame)[0].days > 31:
        return "the last six full months"
    return "this month so far" if periods_of(flow, frame)[0].end >= frame.today else "last month"


def grouping_of(frame: Frame) -> str:
    """What a ranking or breakdown is grouped by when the question does not say."""
    if frame.shape in (Shape.TREND, Shape.EXTREME_MONTH):
        return "month"
    if frame.group:
        return frame.group
    if by_count(frame):
        return "payee"
    if frame.payees:
        return "month"
    return "payee" if frame.categories else "category"


def flow_call(flow: Flow, frame: Frame, period: Period, subject: FlowSubject, **extra: object) -> Call:
    """One call of the flow's tool."""
    arguments: dict[str, object] = {"from": period.start.isoformat(), "to": period.end.isoformat(), **subject.arguments}
    if frame.account_id:
        arguments["account_id"] = frame.account_id
    return Call(flow.tool, {**arguments, **extra})


def cells(flow: Flow, frame: Frame) -> Mapping[tuple[FlowSubject, Period], Call]:
    """One call for each subject in each period."""
    return {
        (subject, period): flow_call(flow, frame, period, subject)
        for subject in subjects_of(frame)
        for period in periods_of(flow, frame)
    }


def exclusions(flow: Flow, frame: Frame, period: Period) -> Mapping[FlowSubject, Call]:
    """One call for each thing that is left out. A part of the category itself cannot be: the records do not tell it."""
    apart = [one for one in frame.excluded_categories if one not in frame.categories]
    left_out = [FlowSubject(category=one) for one in apart]
    left_out += [FlowSubject(payee=one) for one in frame.excluded_payees]
    return {one: flow_call(flow, frame, period, one) for one in left_out}


def grouped(flow: Flow, frame: Frame) -> tuple[Call, ...]:
    """Grouped calls, one for each period."""
    by = grouping_of(frame)
    extra: dict[str, object] = {"group_by": by}
    if frame.shape is Shape.TOP and by != "month" and not by_count(frame) and not by_least(frame):
        extra["top"] = frame.limit or TOP_DEFAULT
    return tuple(flow_call(flow, frame, one, subjects_of(frame)[0], **extra) for one in periods_of(flow, frame))


def by_count(frame: Frame) -> bool:
    """Whether a ranking goes by the number of payments: "where do I shop most often"."""
    return bool(_FREQUENT.search(frame.text))


def asks_least(frame: Frame) -> bool:
    """Whether the smallest is asked for, or a ranking that starts with it."""
    return _LEAST.search(frame.text) is not None


def by_least(frame: Frame) -> bool:
    """Whether a ranking starts with the smallest."""
    return frame.shape is Shape.TOP and asks_least(frame)


def share_calls(flow: Flow, frame: Frame) -> tuple[Call, Call]:
    """The part and the whole of a share: of income when the question says so, otherwise of all of the flow."""
    period = periods_of(flow, frame)[0]
    part = flow_call(flow, frame, period, subjects_of(frame)[0])
    if of_income(frame):
        salary = {"category": "salary"} if "salary" in frame.text else {}
        return part, Call(INCOME.tool, {"from": period.start.isoformat(), "to": period.end.isoformat(), **salary})
    return part, flow_call(flow, frame, period, EVERYTHING)


def of_income(frame: Frame) -> bool:
    """Whether a share is one of the income."""
    return any(word in frame.text for word in ("income", "salary", "earn")) or not (frame.categories or frame.payees)


def flow_calls(flow: Flow, frame: Frame, results: Results) -> tuple[Call, ...]:
    """Every call that the question needs."""
    if frame.shape is Shape.SHARE:
        return share_calls(flow, frame)
    if frame.shape in (Shape.TREND, Shape.EXTREME_MONTH, Shape.TOP, Shape.BREAKDOWN, Shape.WHY):
        return grouped(flow, frame)
    left_out = exclusions(flow, frame, periods_of(flow, frame)[0])
    return (*cells(flow, frame).values(), *left_out.values())


def newest(results: Results, calls: tuple[Call, ...]) -> Payload:
    """The answer of the last call, whose `as_of` and currency stand for all of them."""
    return results.of(calls[-1])
