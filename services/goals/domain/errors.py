"""What can go wrong with goals."""

from services.shared.domain.errors import NotFoundError


class GoalNotFoundError(NotFoundError):
    """The caller has no such goal."""

    code = "goal-not-found"

    def __init__(self) -> None:
        super().__init__("There is no such goal among yours. List them with GET /goals.")
