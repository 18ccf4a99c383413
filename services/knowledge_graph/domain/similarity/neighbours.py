"""Who is most like whom."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from services.knowledge_graph.domain.similarity.vectors import (
    GOALS_WEIGHT,
    SPENDING_WEIGHT,
    Similarity,
    Vectors,
    compare,
)
from services.shared.domain.ids import UserId

MOST_NEIGHBOURS: Final = 40
LEAST_SCORE: Final = 50
_BLOCK: Final = 512
# The cosine of vectors in the same direction may come out a hair below 1.
_HAIR: Final = 1e-9
_WEIGHTS: Final = SPENDING_WEIGHT + GOALS_WEIGHT

Rows = npt.NDArray[np.float64]
Scores = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Neighbour:
    """One directed relation: `target` is among those who are most like `source`."""

    source: UserId
    target: UserId
    similarity: Similarity


def nearest(people: Mapping[UserId, Vectors]) -> list[Neighbour]:
    """For each person, the at most 40 others with the highest score of 50 percent or more.

    It is a function of the vectors alone: no order of people, and no earlier result, has a part in it. Equal scores
    are decided by the ids. Scores are those of `compare`, for all pairs at once; 10,000 people take seconds.
    """
    ids = sorted(user_id for user_id, vectors in people.items() if vectors.comparable)
    spending = _unit_rows([people[user_id].spending for user_id in ids])
    goals = _unit_rows([people[user_id].goals for user_id in ids])
    has_goals: npt.NDArray[np.bool_] = np.asarray(goals.any(axis=1))
    found: list[Neighbour] = []
    for start in range(0, len(ids), _BLOCK):
        block = slice(start, start + _BLOCK)
        scores = _percent(spending[block], spending)
        both = has_goals[block, np.newaxis] & has_goals[np.newaxis, :]
        mixed = (SPENDING_WEIGHT * scores + GOALS_WEIGHT * _percent(goals[block], goals)) // _WEIGHTS
        scores = np.where(both, mixed, scores)
        for offset, row in enumerate(scores):
            row[start + offset] = -1
            source = ids[start + offset]
            targets = [ids[index] for index in _best(row)]
            found += [Neighbour(source, target, compare(people[source], people[target])) for target in targets]
    return found


def _best(scores: Scores) -> list[int]:
    """The indexes of the highest scores, the highest first, of equal ones the lowest."""
    size = len(scores)
    order = scores * size - np.arange(size)
    count = min(MOST_NEIGHBOURS, size - 1)
    if count < 1:
        return []
    top = np.argpartition(-order, count - 1)[:count]
    return [int(index) for index in top[np.argsort(-order[top])] if scores[index] >= LEAST_SCORE]


def _percent(block: Rows, whole: Rows) -> Scores:
    """`cosine_percent` of each row with each row."""
    return np.floor(100 * (block @ whole.T) + _HAIR).astype(np.int64)


def _unit_rows(vectors: list[Mapping[str, int]]) -> Rows:
    """The vectors as rows of length 1, or 0 for an empty one."""
    names = sorted({name for vector in vectors for name in vector})
    matrix = np.array([[vector.get(name, 0) for name in names] for vector in vectors], dtype=np.float64)
    matrix = matrix.reshape(len(vectors), len(names))
    norms = np.linalg.norm(matrix, axis=1, keepdims=True)
    unit: Rows = np.divide(matrix, norms, out=np.zeros_like(matrix), where=norms > 0)
    return unit
