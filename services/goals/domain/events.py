"""Facts about goals."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import ClassVar

from services.goals.domain.goal import GoalType
from services.shared.domain.events import DomainEvent
from services.shared.domain.ids import AccountId, GoalId
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
class GoalUpdated(DomainEvent):
    """A person changed a goal; the fields are those of `GoalCreated`, as they are now, and what is planned."""

    topic: ClassVar[str] = TOPIC

    goal_id: GoalId
    goal_name: str
    goal_type: GoalType
    target_amount: Money
    target_date: date
    priority: int
    monthly_contribution: Money
    step_up_percent: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class GoalDeleted(DomainEvent):
    """A person gave a goal up."""

    topic: ClassVar[str] = TOPIC

    goal_id: GoalId


@dataclass(frozen=True, slots=True, kw_only=True)
class ContributionRecorded(DomainEvent):
    """A person set money aside for a goal, or took some back (then `amount` is negative)."""

    topic: ClassVar[str] = TOPIC

    goal_id: GoalId
    amount: Money
    made_on: date
    saved_amount: Money


@dataclass(frozen=True, slots=True, kw_only=True)
class GoalAccountsLinked(DomainEvent):
    """From now on exactly these accounts count towards a goal."""

    topic: ClassVar[str] = TOPIC

    goal_id: GoalId
    account_ids: tuple[AccountId, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class GoalReached(DomainEvent):
    """What is saved covers a goal. Told once, when it comes to be so; `saved_amount` includes linked accounts."""

    topic: ClassVar[str] = TOPIC

    goal_id: GoalId
    goal_name: str
    target_amount: Money
    saved_amount: Money
    as_of: date


@dataclass(frozen=True, slots=True, kw_only=True)
class GoalOffTrack(DomainEvent):
    """What is planned will not reach a goal. Told once, when it comes to be so."""

    topic: ClassVar[str] = TOPIC

    goal_id: GoalId
    goal_name: str
    target_date: date
    target_on_date: Money
    projected: Money
    shortfall: Money
    required_monthly: Money
    as_of: date
    assumptions_version: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AssumptionsChanged(DomainEvent):
    """A person put figures of their own in the place of assumptions; `names` are all that are personal now."""

    topic: ClassVar[str] = TOPIC

    names: tuple[str, ...]
