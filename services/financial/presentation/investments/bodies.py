"""Request bodies of the investment routes. Figures are decimal strings."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from pydantic import BaseModel, ConfigDict, Field

from services.financial.application.investments.calculate_xirr import CalculateXirrRequest
from services.financial.application.investments.record_holdings import RecordHoldingsRequest
from services.financial.application.investments.record_investment_transactions import (
    RecordInvestmentTransactionsRequest,
)
from services.financial.application.investments.set_target_allocation import SetTargetAllocationRequest
from services.financial.domain.investments.holding import HoldingLine
from services.financial.domain.investments.instrument import (
    MAX_INSTRUMENT_NAME,
    AssetClass,
    InstrumentKind,
    InstrumentRef,
)
from services.financial.domain.investments.transaction import MAX_FOLIO, InvestmentLine, InvestmentType
from services.financial.domain.investments.xirr import CashFlow
from services.financial.presentation.decimal_text import DecimalText
from services.shared.domain.ids import AccountId, UserId

_FORBID = ConfigDict(extra="forbid")


class InstrumentBody(BaseModel):
    """What is traded or held: give the ISIN or the AMFI code where there is one."""

    model_config = _FORBID

    kind: InstrumentKind
    name: str = Field(min_length=1, max_length=MAX_INSTRUMENT_NAME, examples=["Parag Parikh Flexi Cap Direct Growth"])
    isin: str | None = Field(default=None, max_length=12, examples=["INF879O01027"])
    amfi_code: str | None = Field(default=None, max_length=10, examples=["122639"])
    asset_class: AssetClass = AssetClass.UNKNOWN

    def to_ref(self) -> InstrumentRef:
        """The domain's reference; InvalidInputError for an identifier that is none."""
        return InstrumentRef(
            kind=self.kind,
            name=self.name,
            isin=self.isin,
            amfi_code=self.amfi_code,
            asset_class=self.asset_class,
        )


class InvestmentTransactionBody(BaseModel):
    """A trade, a dividend, a bonus or a split. Of units, price and amount of a trade two are enough."""

    model_config = _FORBID

    instrument: InstrumentBody
    type: InvestmentType
    traded_on: date = Field(examples=["2026-10-05"])
    units: DecimalText | None = None
    price: DecimalText | None = Field(default=None, description="Per unit.")
    amount: DecimalText | None = Field(default=None, description="Paid or received in all, charges included.")
    charges: DecimalText = Field(default=Decimal(0), description="The part of amount that is charges.")
    ratio: DecimalText | None = Field(default=None, description="Of a split: new units for one old.")
    folio: str = Field(default="", max_length=MAX_FOLIO)
    reference: str = Field(default="", max_length=200, description="The source's own identifier, when it has one.")

    def to_line(self) -> InvestmentLine:
        """The domain's line; InvalidInputError for figures that do not make a transaction."""
        return InvestmentLine(
            instrument=self.instrument.to_ref(),
            type=self.type,
            traded_on=self.traded_on,
            units=self.units,
            price=self.price,
            amount=self.amount,
            charges=self.charges,
            ratio=self.ratio,
            folio=self.folio,
            reference=self.reference,
        )


class RecordTransactionsBody(BaseModel):
    """A batch of one account; recording it again adds nothing."""

    model_config = _FORBID

    transactions: list[InvestmentTransactionBody] = Field(min_length=1, max_length=1000)

    def to_request(self, user_id: UserId, account_id: AccountId) -> RecordInvestmentTransactionsRequest:
        """The command's request."""
        lines = [one.to_line() for one in self.transactions]
        return RecordInvestmentTransactionsRequest(user_id=user_id, account_id=account_id, lines=lines)


class HoldingBody(BaseModel):
    """One instrument in one folio."""

    model_config = _FORBID

    instrument: InstrumentBody
    units: DecimalText
    folio: str = Field(default="", max_length=MAX_FOLIO)
    price: DecimalText | None = Field(default=None, description="Per unit.")
    value: DecimalText | None = None
    invested: DecimalText | None = Field(default=None, description="What the units held cost.")

    def to_line(self) -> HoldingLine:
        """The domain's line."""
        return HoldingLine(
            instrument=self.instrument.to_ref(),
            units=self.units,
            folio=self.folio,
            price=self.price,
            value=self.value,
            invested=self.invested,
        )


class RecordHoldingsBody(BaseModel):
    """All that the account holds at the end of a day; an empty list says that it holds nothing."""

    model_config = _FORBID

    as_of: date = Field(examples=["2026-10-31"])
    holdings: list[HoldingBody] = Field(max_length=1000)

    def to_request(self, user_id: UserId, account_id: AccountId) -> RecordHoldingsRequest:
        """The command's request."""
        lines = [one.to_line() for one in self.holdings]
        return RecordHoldingsRequest(user_id=user_id, account_id=account_id, as_of=self.as_of, lines=lines)


class TargetAllocationBody(BaseModel):
    """Percent by asset class, 100 in all; an empty object takes the target back."""

    model_config = _FORBID

    percents: dict[AssetClass, DecimalText] = Field(examples=[{"equity": "60", "debt": "30", "gold": "10"}])

    def to_request(self, user_id: UserId) -> SetTargetAllocationRequest:
        """The command's request."""
        return SetTargetAllocationRequest(user_id=user_id, percents=self.percents)


class FairValueBody(BaseModel):
    """What a unit was worth on 31 January 2018."""

    model_config = _FORBID

    value: DecimalText


class CashFlowBody(BaseModel):
    """Money on a day: negative when it went in, positive when it came out."""

    model_config = _FORBID

    day: date = Field(examples=["2025-01-01"])
    amount: DecimalText = Field(examples=["-10000.00"])


class XirrBody(BaseModel):
    """The flows, in any order."""

    model_config = _FORBID

    flows: list[CashFlowBody] = Field(min_length=1, max_length=1000)

    def to_request(self) -> CalculateXirrRequest:
        """The query's request."""
        return CalculateXirrRequest(flows=[CashFlow(one.day, one.amount) for one in self.flows])
