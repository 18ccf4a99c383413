"""The goals context's unit of work."""

from collections.abc import Callable
from typing import Protocol

from services.goals.domain.repositories import GoalRepository
from services.shared.application.unit_of_work import UnitOfWork


class GoalsUnitOfWork(UnitOfWork, Protocol):
    """One transaction over goals."""

    goals: GoalRepository


GoalsUnitOfWorkFactory = Callable[[], GoalsUnitOfWork]
