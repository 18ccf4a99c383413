"""The person's goals and how far they are."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from agents.models.offline.frame import Frame
from agents.models.offline.intent import Intent
from agents.models.offline.intents.plans.by_name import asks_progress
from agents.models.offline.intents.plans.which_goal import LIST_GOALS, NO_GOALS, mentioned_goals
from agents.models.offline.period_names import day_name
from agents.models.offline.rendering import bullets, money, percent
from agents.models.offline.results import Payload, Results

_CUES: Final = re.compile(r"\bgoals?\b|\bon track\b")


def _line(goal: Payload, currency: str) -> str:
    progress = goal.optional_decimal("progress_percent")
    on = goal.day("target_date")
    done = f" ({percent(progress)})" if progress is not None else ""
    return (
        f"{goal.text('name')}: {money(goal.decimal('saved_amount'), currency)} of "
        f"{money(goal.decimal('target_amount'), currency)} saved{done}, "
        f"{money(goal.decimal('remaining_amount'), currency)} to go{f' by {day_name(on)}' if on else ''}"
    )


def _answer(frame: Frame, results: Results) -> str:
    payload = results.of(LIST_GOALS)
    goals = mentioned_goals(frame, payload.rows("goals")) or payload.rows("goals")
    return goals_told(goals, payload.currency) if goals else NO_GOALS


def goals_told(goals: Sequence[Payload], currency: str) -> str:
    """How far each of them is."""
    if len(goals) == 1:
        return f"{_line(goals[0], currency)}."
    return f"Your goals:\n\n{bullets(_line(one, currency) for one in goals)}"


INTENT: Final = Intent(
    name="goals",
    recognises=lambda mentions: bool(_CUES.search(mentions.text)) or asks_progress(mentions),
    calls=lambda _frame, _results: (LIST_GOALS,),
    answer=_answer,
)
