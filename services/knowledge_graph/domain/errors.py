"""What may go wrong in the knowledge graph."""

from services.shared.domain.errors import InvalidInputError, NotFoundError


class GraphGoalNotFoundError(NotFoundError):
    """The graph knows no such goal of the person."""

    code = "goal-not-found"

    def __init__(self) -> None:
        super().__init__("There is no such goal among yours. A new goal is known here within moments.")


class GraphAccountNotFoundError(NotFoundError):
    """The graph knows no such account of the person."""

    code = "account-not-found"

    def __init__(self) -> None:
        super().__init__("There is no such account among yours. A new account is known here within moments.")


class CypherError(InvalidInputError):
    """A query is not in the language that is understood here; `extra["position"]` says where."""

    code = "cypher-not-allowed"

    def __init__(self, detail: str, position: int | None = None) -> None:
        super().__init__(detail, extra={} if position is None else {"position": position})


class QueryTooExpensiveError(InvalidInputError):
    """A query took longer, or needed more memory, than one may."""

    code = "query-too-expensive"
