"""What plans assume, and where it comes from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from services.goals.application.goal_book import GoalBook
from services.goals.domain.planning.assumptions import Assumptions
from services.goals.domain.planning.default_assumptions import default_assumptions
from services.shared.domain.ids import UserId


@dataclass(frozen=True, slots=True, kw_only=True)
class GetAssumptionsRequest:
    """Whose."""

    user_id: UserId


@dataclass(frozen=True, slots=True, kw_only=True)
class AssumptionView:
    """`value` counts; `default` is the program's, from `source`. They differ only when it is `personal`."""

    name: str
    value: Decimal
    default: Decimal
    personal: bool
    least: Decimal
    most: Decimal
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GlidePathView:
    """A way to spread money by the years left."""

    name: str
    about: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AssumptionsView:
    """All assumptions under one version."""

    version: str
    as_of: date
    figures: tuple[AssumptionView, ...]
    glide_paths: tuple[GlidePathView, ...]


class GetAssumptions:
    """Query: the caller's assumptions."""

    def __init__(self, book: GoalBook) -> None:
        self._book = book

    async def __call__(self, request: GetAssumptionsRequest) -> AssumptionsView:
        """The program's, with the caller's own in their place."""
        return assumptions_view(await self._book.assumptions(request.user_id))


def assumptions_view(assumptions: Assumptions) -> AssumptionsView:
    """How assumptions are shown."""
    default = default_assumptions()
    return AssumptionsView(
        version=assumptions.version,
        as_of=assumptions.as_of,
        figures=tuple(
            AssumptionView(
                name=name,
                value=figure.value,
                default=default.figures[name].value,
                personal=figure.personal,
                least=figure.least,
                most=figure.most,
                source=figure.source,
            )
            for name, figure in assumptions.figures.items()
        ),
        glide_paths=tuple(GlidePathView(name=path.name, about=path.about) for path in assumptions.glide_paths.values()),
    )
