"""Branches: a turn follows another one, and may have several versions, of which nothing is ever lost.

A question that is edited, or an answer that is given anew, is another turn after the same turn: a sibling. A branch is
the line from the first turn of a conversation to one of its last.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from services.conversation.domain.run import RunState
from services.shared.domain.errors import ConflictError
from services.shared.domain.ids import RunId

MAX_VERSIONS: Final = 50


class TooManyVersionsError(ConflictError):
    """A turn has as many versions as are kept."""

    code = "too-many-versions"

    def __init__(self) -> None:
        super().__init__(f"A turn may have at most {MAX_VERSIONS} versions. Ask a new question after it instead.")


@dataclass(frozen=True, slots=True, kw_only=True)
class TurnVersion:
    """One version of a turn. `parent_id` is the turn that all of them follow, None at a conversation's beginning.

    `replaces_id` is the version that it was made from, None for the first.
    """

    run_id: RunId
    parent_id: RunId | None
    replaces_id: RunId | None
    question: str
    answer: str | None
    state: RunState
    started_at: datetime


@dataclass(frozen=True, slots=True)
class TurnPlace:
    """Where a turn of a branch stands: after which turn, and among which versions, oldest first, itself included."""

    run_id: RunId
    parent_id: RunId | None
    versions: tuple[RunId, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """Turns of a branch in which something was said, oldest first; `before` is the oldest when there are older ones."""

    turns: tuple[TurnPlace, ...]
    before: RunId | None
