"""Arguments that several tools share."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated, Any
from uuid import UUID

from pydantic import BeforeValidator, Field

from services.financial.domain.category import Category
from services.financial.domain.period import Period
from tools.tool import ToolArguments


def _exact(value: Any) -> Any:
    """A float has already lost digits: amounts come as strings or whole numbers."""
    if isinstance(value, float):
        raise ValueError(  # noqa: TRY004 - pydantic reports ValueError
            "write the amount as a decimal string such as '1234.50'"
        )
    return value


Amount = Annotated[
    Decimal,
    BeforeValidator(_exact),
    Field(ge=0, max_digits=18, decimal_places=4, description="a decimal string such as 1234.50"),
]
Percent = Annotated[
    Decimal,
    BeforeValidator(_exact),
    Field(ge=-100, le=1000, decimal_places=2, description="percent a year, as a decimal string such as 10.5"),
]
SignedAmount = Annotated[
    Decimal,
    BeforeValidator(_exact),
    Field(max_digits=18, decimal_places=4, description="a decimal string such as -1234.50"),
]
AccountRef = Annotated[UUID | None, Field(description="account_id from list_accounts")]
PayeeText = Annotated[str | None, Field(max_length=200, description="part of the payee's name, any letter case")]
CategoryName = Annotated[Category | None, Field(description="one category")]


class PeriodArguments(ToolArguments):
    """A period of days, both ends included."""

    from_: date = Field(alias="from", description="first day, YYYY-MM-DD")
    to: date = Field(description="last day, included")

    def period(self) -> Period:
        """The period; InvalidInputError when it ends before it begins."""
        return Period(self.from_, self.to)
