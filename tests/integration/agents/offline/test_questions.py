"""At least 300 questions about households of several seeds, and at least 97 % of the answers with the right figure."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Sequence

import pytest

from tests.integration.agents.offline.cases import Case
from tests.integration.agents.offline.everyday_cases import EVERYDAY
from tests.integration.agents.offline.households import Family
from tests.integration.agents.offline.other_cases import OTHERS
from tests.integration.agents.offline.planning_cases import PLANNING
from tests.integration.agents.offline.spending_cases import SPENDING
from tests.integration.agents.offline.talking_cases import TALKING

GROUPS: dict[str, list[Case]] = {
    "spending": SPENDING,
    "others": OTHERS,
    "talking": TALKING,
    "planning": PLANNING,
    "everyday": EVERYDAY,
}
BAR = 0.97


async def _misses(family: Family, cases: Sequence[Case]) -> list[str]:
    """What is wrong with the answers to one household's questions."""
    found = [await _miss(family, case) for case in cases]
    return [one for one in found if one]


async def _miss(family: Family, case: Case) -> str | None:
    """What is wrong with the answer, None when it is right."""
    expected = case.figures(family.oracle)
    wanted = (expected,) if isinstance(expected, str) else expected
    reply = await family.talk(case.questions)
    missing = [one for one in wanted if one not in reply.text]
    if any(one in reply.text for one in case.never) and "did not understand" not in wanted:
        missing.append("an understanding")
    if "left a sentence out" in reply.text:
        missing.append("every sentence")
    return f"{' || '.join(case.questions)}\n  lacks {missing}\n  in: {reply.text[:300]}" if missing else None


@pytest.mark.parametrize("group", GROUPS)
async def test_the_answers_hold_the_right_figures(families: list[Family], group: str) -> None:
    """Every group by itself reaches the bar, and so do all of them together."""
    cases, count = GROUPS[group], len(families)
    found = await asyncio.gather(*(_misses(one, cases[index::count]) for index, one in enumerate(families)))
    misses = [one for part in found for one in part]
    right = 1 - len(misses) / len(cases)
    sys.stdout.write(f"{group}: {len(cases)} questions, {right:.1%} right\n" + "\n".join(misses) + "\n")
    assert right >= BAR, "\n".join(misses)


def test_there_are_enough_different_questions() -> None:
    every = [case.questions for cases in GROUPS.values() for case in cases]
    assert len(every) == len(set(every))
    assert len(every) >= 300
