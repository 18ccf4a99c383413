"""Which categories there are, and a category of the person's own."""

from __future__ import annotations

import re
from typing import Final

from agents.models.offline.clarification import Missing
from agents.models.offline.frame import Frame
from agents.models.offline.intent import Intent
from agents.models.offline.mentions import Mentions
from agents.models.offline.rendering import joined
from agents.models.offline.results import Call, Results
from agents.models.offline.text import any_of
from agents.models.offline.wording import category_name

_LIST: Final = re.compile(
    r"^(?:and )?(?:show|list|what|which|tell|give)\b(?: \w+){0,4} (?:spending )?categories\b(?!.*\b(?:spen[dt]|"
    r"spending (?:on|in)|"
    r"most|top|biggest|month|year|week)\b)|\bcategories (?:are there|do (?:i|you) have|exist|list|show|tell|"
    r"available)\b|"
    r"^(?:all |my )*categories\b(?: (?:what|which|show|list|tell|all))*$"
)
_ADD: Final = re.compile(
    r"\b(?:add|create|make|start|set up)\b[^?]*\bcategory\b|\bcategory\b[^?]*\b(?:add|create|make)\b|\bnew category\b|"
    r"\bcategory of my own\b"
)
_NAMED: Final = re.compile(
    r"\bcategory (?:called |named |for |of )?[\"'“]?(?P<name>(?!under\b|in\b|below\b|create\b|add\b|make\b|"
    r"of my own\b)[\w&' -]{2,40}?)[\"'”]?"
    r"(?=\s+(?:under|below|within|inside|in|as part of|create|add|make|please)\b|\s*[,.!?]|\s*$)|"
    r"\b(?P<before>(?!(?:new|own|a|my|the|another|create|add|make)\b)[\w&'-]{2,30}) category\b|"
    r"\b(?:called|named) [\"'“]?(?P<called>[\w&' -]{2,40}?)[\"'”]?(?=\s+(?:under|below|in|as)\b|\s*[,.!?]|\s*$)",
    re.IGNORECASE,
)
_UNDER: Final = any_of("under", "below", "within", "inside", "in", "part of", "parent")


def _recognises(mentions: Mentions) -> bool:
    text = mentions.text
    return bool(_LIST.search(text)) or (bool(_ADD.search(text)) and "budget" not in text and " rule" not in text)


def _name(frame: Frame) -> str:
    match = _NAMED.search(frame.cased)
    return next((name.strip() for name in match.groups() if name), "") if match else ""


def _parent(frame: Frame) -> str | None:
    """The built-in category that was named apart from the new one's name."""
    return frame.categories[-1] if frame.categories and _UNDER.search(frame.text) else None


def _missing(frame: Frame) -> Missing | None:
    if not _ADD.search(frame.text):
        return None
    if not _name(frame):
        return Missing("What shall the category be called?", "called {}")
    if _parent(frame) is None:
        return Missing("Under which built-in category shall it count? For example shopping or health.", "under {}")
    return None


def _call(frame: Frame) -> Call:
    if not _ADD.search(frame.text):
        return Call("list_categories", {})
    return Call("add_category", {"name": _name(frame), "parent": _parent(frame) or ""})


def _answer(frame: Frame, results: Results) -> str:
    missing = _missing(frame)
    if missing:
        return missing.question
    found = results.of(_call(frame))
    if _ADD.search(frame.text):
        return f"The category “{found.text('name')}” is there, under {category_name(found.text('parent'))}."
    names = joined([category_name(one.text("name")) for one in found.rows("built_in")])
    own = [f"{one.text('name')} (under {category_name(one.text('parent'))})" for one in found.rows("own")]
    return f"The categories are {names}." + (f" Your own: {joined(own)}." if own else " You have none of your own.")


INTENT: Final = Intent(
    name="categories",
    recognises=_recognises,
    calls=lambda frame, _results: () if _missing(frame) else (_call(frame),),
    answer=_answer,
    missing=_missing,
)
