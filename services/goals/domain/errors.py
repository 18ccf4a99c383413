"""What can go wrong with goals."""

from collections.abc import Sequence

from services.shared.domain.errors import ConflictError, InvalidInputError, NotFoundError


class GoalNotFoundError(NotFoundError):
    """The caller has no such goal."""

    code = "goal-not-found"

    def __init__(self) -> None:
        super().__init__("There is no such goal among yours. List them with GET /goals.")


class AmbiguousGoalError(InvalidInputError):
    """The words fit several goals."""

    code = "ambiguous-goal"

    def __init__(self, names: Sequence[str]) -> None:
        super().__init__(f"Several goals fit: {', '.join(names)}. Say which, by its whole name or its id.")


class TooManyGoalsError(ConflictError):
    """The caller has as many goals as one may have."""

    code = "too-many-goals"

    def __init__(self, limit: int) -> None:
        super().__init__(f"You have {limit} goals, which is the most. Give one up first.")
