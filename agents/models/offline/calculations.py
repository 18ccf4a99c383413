"""Figures that no tool gives by itself, computed by the tool `calculate` and put into words."""

from __future__ import annotations

from agents.models.offline.rendering import money, percent
from agents.models.offline.results import Payload, Results


def percent_of(results: Results, part: str, whole: str) -> str:
    """One figure as a percentage of another."""
    return percent(abs(results.calculate("percent_of", part, whole).decimal("result")))


def gap(results: Results, first: Payload, second: Payload, key: str, currency: str) -> str:
    """The size of the difference between the same figure of two results."""
    return money(abs(results.calculate("difference", first.ref(key), second.ref(key)).decimal("result")), currency)


def change(results: Results, before: Payload, after: Payload, key: str) -> str:
    """` (12.3%)`: the change as a percentage of what it was; empty when that was nothing or less."""
    if before.decimal(key) <= 0:
        return ""
    changed = results.calculate("percent_change", before.ref(key), after.ref(key)).decimal("result")
    return f" ({percent(abs(changed))})"
