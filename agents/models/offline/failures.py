"""What is said when a tool failed, or when the person did not approve what it would have done."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from agents.models.offline.results import Failure

_NOT_DONE: Final = {
    "declined": "All right, I left it. Nothing was changed.",
    "expired": "There was no answer in time, so nothing was changed. Ask again if you still want it.",
}
_FIGURE: Final = re.compile(r"\d")


def told(failures: Sequence[Failure]) -> str:
    """The first failure in the tool's own words, as far as they hold no figure, which nothing here could vouch for."""
    failure = failures[0]
    known = next((text for code, text in _NOT_DONE.items() if code in failure.code), None)
    if known:
        return known
    sentences = re.split(r"(?<=[.;])\s+", failure.detail)
    plain = " ".join(one for one in sentences if not _FIGURE.search(one))
    return f"I could not do that: {plain or f'{failure.tool} refused what was asked'}"
