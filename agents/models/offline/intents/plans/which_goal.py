"""Which of the person's goals a question is about."""

from __future__ import annotations

import re
from typing import Final

from agents.models.offline.clarification import which
from agents.models.offline.frame import Frame
from agents.models.offline.intents.plans.by_name import other_name
from agents.models.offline.intents.plans.slots import kind_of
from agents.models.offline.rendering import joined
from agents.models.offline.results import Call, Payload, Results

LIST_GOALS: Final = Call("list_goals", {})
NO_GOALS: Final = (
    "You have no goals yet. Tell me one to set, for example “start a goal for a car”, with its price and day."
)
_COMMON: Final = frozenset({"goal", "fund", "save", "saving", "plan", "money", "with", "from", "this", "that", "trip"})


def goals_of(results: Results) -> list[Payload]:
    """All goals, once they are listed."""
    listed = results.get(LIST_GOALS)
    return listed.rows("goals") if listed else []


def mentioned_goals(frame: Frame, goals: list[Payload]) -> list[Payload]:
    """The goals that the question names, by name or kind; those that were chosen when it was asked back."""
    if frame.choice is not None and frame.choice.kind == "goal":
        return [one for one in goals if one.text("name") in frame.choice.options]
    return named_goals(frame, goals) or [goal for goal in goals if goal.text("goal_type") == kind_of(frame) != "custom"]


def named_goals(frame: Frame, goals: list[Payload]) -> list[Payload]:
    """Those that share most words with the question."""

    def score(goal: Payload) -> int:
        words = set(re.findall(r"\w+", f"{goal.text('name')} {goal.text('goal_type').replace('_', ' ')}".lower()))
        return sum(
            bool(re.search(rf"\b{re.escape(word)}s?\b", frame.text)) for word in words - _COMMON if len(word) > 2
        )

    scores = [score(goal) for goal in goals]
    best = max(scores, default=0)
    return [goal for goal, points in zip(goals, scores, strict=True) if points == best] if best else []


def one_goal(frame: Frame, results: Results) -> Payload | str:
    """The goal that is meant (the only one, or the one named), or what to say instead."""
    goals = goals_of(results)
    named = mentioned_goals(frame, goals) or goals
    if not goals:
        return NO_GOALS
    if not mentioned_goals(frame, goals) and (kind_of(frame) != "custom" or other_name(frame.text)):
        return f"None of your goals is for that. Your goals: {joined([one.text('name') for one in goals])}."
    if len(named) > 1:
        return which("goal", [one.text("name") for one in named])
    return named[0]
