"""The person's own rules for categories: which there are, another category for one, and giving one up."""

from __future__ import annotations

import re
from typing import Final

from agents.models.offline.clarification import Missing, which
from agents.models.offline.frame import Frame
from agents.models.offline.intent import Intent
from agents.models.offline.mentions import Mentions
from agents.models.offline.rendering import bullets
from agents.models.offline.results import Call, Payload, Results
from agents.models.offline.wording import category_name, payee_name

_RULE: Final = re.compile(r"\brules?\b")
_DELETE: Final = re.compile(r"\b(?:delete|remove|drop|erase|cancel|forget)\b")
_CHANGE: Final = re.compile(r"\b(?:change|update|edit|switch)\b")
_ADD: Final = re.compile(
    r"^(?:please )?remember\b|\b(?:add|make|create|new|set up)\b[^?]*\brule\b|\brule\b[^?]*\b(?:create|add|make)\b"
)
_QUESTION: Final = re.compile(r"^(?:and )?(?:what|which|how|show|list|tell|do|are)\b")
_LIST: Final = Call("list_category_rules", {})


def _recognises(mentions: Mentions) -> bool:
    text = mentions.text
    return bool(_RULE.search(text)) and not _ADD.search(text)


def _changing(frame: Frame) -> bool:
    return bool(_CHANGE.search(frame.text)) and not _DELETE.search(frame.text) and not _QUESTION.search(frame.text)


def _writing(frame: Frame) -> bool:
    return _changing(frame) or (bool(_DELETE.search(frame.text)) and not _QUESTION.search(frame.text))


def _missing(frame: Frame) -> Missing | None:
    if _changing(frame) and not frame.categories:
        return Missing("Which category shall the rule give? For example groceries or dining.", "to {}")
    return None


def _one(frame: Frame, results: Results) -> Payload | str:
    """The rule that is meant: by its words, or the only one."""
    rules = results.of(_LIST).rows("rules")
    if not rules:
        return "You have no rules of your own for categories."
    if frame.choice is not None and frame.choice.kind == "rule":
        named = [one for one in rules if one.text("pattern") in frame.choice.options]
    else:
        named = [one for one in rules if one.text("pattern").lower() in frame.text]
    kept = named or ([] if frame.payees else rules)
    if not kept:
        return f"There is no rule for “{payee_name(frame.payees[0])}”."
    return kept[0] if len(kept) == 1 else which("rule", [one.text("pattern") for one in kept])


def _write(frame: Frame, rule: Payload) -> Call:
    about: dict[str, object] = {"rule_id": rule.text("rule_id")}
    if _changing(frame):
        return Call("change_category_rule", about | {"category": frame.categories[-1]})
    return Call("delete_category_rule", about)


def _calls(frame: Frame, results: Results) -> tuple[Call, ...]:
    if _missing(frame):
        return ()
    if results.get(_LIST) is None or not _writing(frame):
        return (_LIST,)
    rule = _one(frame, results)
    return (_LIST,) if isinstance(rule, str) else (_LIST, _write(frame, rule))


def _answer(frame: Frame, results: Results) -> str:
    missing = _missing(frame)
    if missing:
        return missing.question
    if not _writing(frame):
        return _told(results.of(_LIST).rows("rules"))
    rule = _one(frame, results)
    if isinstance(rule, str):
        return rule
    if _changing(frame):
        return f"Done: {_line(results.of(_write(frame, rule)))}."
    return f"The rule for “{rule.text('pattern')}” is gone."


def _told(rules: list[Payload]) -> str:
    if not rules:
        return (
            "You have no rules of your own for categories. Tell me one, for example to always put a payee under dining."
        )
    return f"Your rules:\n\n{bullets(_line(one) for one in rules)}"


def _line(rule: Payload) -> str:
    category = rule.text("own_category") or category_name(rule.text("category"))
    return f"{rule.text('field')} {rule.text('match')} “{rule.text('pattern')}” counts as {category}"


INTENT: Final = Intent(name="rules", recognises=_recognises, calls=_calls, answer=_answer, missing=_missing)
