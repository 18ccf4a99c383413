"""Facts about goals."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from services.goals.domain.goal import GoalType
from services.shared.domain.events import DomainEvent
from services.shared.domain.ids import GoalId
from services.shared.domain.money import Money

TOPIC = "goals"


@dataclass(frozen=True, slots=True, kw_only=True)
class GoalCreated(DomainEvent):
    """A person set a goal."""

    topic: ClassVar[str] = TOPIC

    goal_id: GoalId
    goal_name: str
    goal_type: GoalType
    target_amount: Money
    target_date: date
    priority: int


@dataclass(frozen=True, slots=True, kw_only=True)
class GoalDeleted(DomainEvent):
    """A person gave a goal up."""

    topic: ClassVar[str] = TOPIC

    goal_id: GoalId
