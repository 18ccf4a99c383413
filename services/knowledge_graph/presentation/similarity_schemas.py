"""Request and response bodies about likeness to others, and of developers' queries."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from services.knowledge_graph.application.cypher.query_graph import QueryGraphRequest, QueryResultView
from services.knowledge_graph.application.similarity.get_typical_allocation import CohortState, TypicalAllocationView
from services.knowledge_graph.domain.cypher.words import MOST_CHARACTERS
from services.knowledge_graph.domain.similarity.ports import Consent
from services.shared.domain.ids import UserId


class ConsentBody(BaseModel):
    """A person's word."""

    model_config = ConfigDict(extra="forbid")

    granted: bool = Field(description="Whether you agree to be compared with others who agreed.")


class ConsentResponse(BaseModel):
    """A person's word, and since when."""

    granted: bool
    changed_at: datetime | None = Field(description="null when you never said anything: then it is not granted.")

    @classmethod
    def of(cls, consent: Consent) -> ConsentResponse:
        """The response for a consent."""
        return cls(granted=consent.granted, changed_at=consent.changed_at)


class TypicalShareResponse(BaseModel):
    """A category's usual share of spending beside yours."""

    model_config = ConfigDict(from_attributes=True)

    category: str
    typical_percent: int = Field(description="The median, to the nearest five percent.")
    own_percent: int


class TypicalGoalResponse(BaseModel):
    """How many of them have a goal of this type."""

    model_config = ConfigDict(from_attributes=True)

    goal_type: str
    people_percent: int = Field(description="To the nearest quarter.")
    have_you: bool


class CohortResponse(BaseModel):
    """What is usual among people like you."""

    model_config = ConfigDict(from_attributes=True)

    people: int = Field(description="A multiple of five, at least ten.")
    spending: list[TypicalShareResponse]
    goals: list[TypicalGoalResponse]
    reasons: list[str] = Field(description="The categories that make at least ten of them like you.")


class TypicalAllocationResponse(BaseModel):
    """What people like you do, or why that cannot be told."""

    model_config = ConfigDict(from_attributes=True)

    as_of: date
    state: CohortState
    explanation: str
    cohort: CohortResponse | None
    left_out: list[str]

    @classmethod
    def of(cls, view: TypicalAllocationView) -> TypicalAllocationResponse:
        """The response for a view."""
        return cls.model_validate(view)


Text = Annotated[str, StringConstraints(max_length=1000)]
Whole = Annotated[int, Field(ge=-(2**53), le=2**53)]
Parameter = Text | bool | Whole | Annotated[list[Text | Whole], Field(max_length=1000)]
Name = Annotated[str, StringConstraints(pattern=r"^[A-Za-z][A-Za-z0-9_]{0,39}$")]


class QueryBody(BaseModel):
    """A query in the part of Cypher that only reads."""

    model_config = ConfigDict(extra="forbid")

    query: str = Field(
        min_length=1,
        max_length=MOST_CHARACTERS,
        examples=[
            "MATCH (t:Transaction) WHERE t.booked_on >= $since RETURN t.category, sum(t.amount_minor) AS total LIMIT 5"
        ],
    )
    parameters: dict[Name, Parameter] = Field(default_factory=dict, max_length=50, examples=[{"since": "2026-01-01"}])

    def to_request(self, user_id: UserId) -> QueryGraphRequest:
        """The query's request."""
        return QueryGraphRequest(user_id=user_id, query=self.query, parameters=self.parameters)


class QueryResponse(BaseModel):
    """Rows in the order of the columns, at most a thousand."""

    columns: list[str]
    rows: list[list[Any]] = Field(description="Nodes are objects with id, kind and properties.")
    truncated: bool

    @classmethod
    def of(cls, view: QueryResultView) -> QueryResponse:
        """The response for a result."""
        return cls(columns=list(view.columns), rows=[list(row) for row in view.rows], truncated=view.truncated)
