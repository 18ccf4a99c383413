"""At least 300 questions about households of several seeds, and at least 97 % of the answers with the right figure."""

from __future__ import annotations

import sys

from tests.integration.agents.offline.cases import Case
from tests.integration.agents.offline.households import Family
from tests.integration.agents.offline.other_cases import OTHERS
from tests.integration.agents.offline.spending_cases import SPENDING
from tests.integration.agents.offline.talking_cases import TALKING

CASES: list[Case] = [*SPENDING, *OTHERS, *TALKING]
BAR = 0.97


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


async def test_the_answers_hold_the_right_figures(families: list[Family]) -> None:
    found = [await _miss(families[index % len(families)], case) for index, case in enumerate(CASES)]
    misses = [one for one in found if one]
    right = 1 - len(misses) / len(CASES)
    sys.stdout.write(f"{len(CASES)} questions, {right:.1%} right\n" + "\n".join(misses) + "\n")
    assert len({case.questions for case in CASES}) == len(CASES)
    assert right >= BAR, "\n".join(misses)
