"""Tools that record investments."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from pydantic import Field

from services.financial.application.get_account import GetAccountRequest
from services.financial.application.investments.record_investment_transactions import (
    RecordedInvestmentsView,
    RecordInvestmentTransactionsRequest,
)
from services.financial.application.investments.set_target_allocation import (
    SetTargetAllocationRequest,
    TargetAllocationView,
)
from services.financial.application.use_cases import FinancialUseCases
from services.financial.domain.investments.allocation import require_target
from services.financial.domain.investments.holding import require_investment_account
from services.financial.domain.investments.instrument import AssetClass, InstrumentKind, InstrumentRef
from services.financial.domain.investments.transaction import MAX_FOLIO, InvestmentLine, InvestmentType
from services.shared.domain.identity import Identity
from services.shared.domain.ids import AccountId
from services.shared.domain.written import written
from tools.arguments import Amount
from tools.tool import Preview, Tool, ToolArguments
from tools.writes import finance_write


class RecordInvestmentArguments(ToolArguments):
    """One transaction. Of units, price and amount of a trade two are enough."""

    account_id: UUID = Field(description="account_id from list_accounts; a mutual_fund, stocks or similar account")
    kind: InstrumentKind
    name: str = Field(min_length=1, max_length=200, description="of the fund or share")
    isin: str | None = Field(default=None, max_length=12)
    amfi_code: str | None = Field(default=None, max_length=10)
    type: InvestmentType
    traded_on: date = Field(description="YYYY-MM-DD")
    units: Amount | None = None
    price: Amount | None = Field(default=None, description="per unit")
    amount: Amount | None = Field(default=None, description="paid or received in all")
    ratio: Amount | None = Field(default=None, description="of a split: new units for one old")
    folio: str = Field(default="", max_length=MAX_FOLIO)

    def line(self) -> InvestmentLine:
        """The domain's line; InvalidInputError for figures that do not make a transaction."""
        ref = InstrumentRef(kind=self.kind, name=self.name, isin=self.isin, amfi_code=self.amfi_code)
        return InvestmentLine(
            instrument=ref,
            type=self.type,
            traded_on=self.traded_on,
            units=self.units,
            price=self.price,
            amount=self.amount,
            ratio=self.ratio,
            folio=self.folio,
        )


class TargetAllocationArguments(ToolArguments):
    """Percent by asset class, 100 in all; empty takes the target back."""

    percents: dict[AssetClass, Amount] = Field(description='such as {"equity": "60", "debt": "40"}')


def investment_writes(finance: FinancialUseCases) -> list[Tool[Any]]:
    """Tools that record a transaction, and the target."""
    return [_record(finance), _target(finance)]


def _record(finance: FinancialUseCases) -> Tool[Any]:
    async def record(identity: Identity, wanted: RecordInvestmentArguments) -> RecordedInvestmentsView:
        return await finance.investments.record_investment_transactions(
            RecordInvestmentTransactionsRequest(
                user_id=identity.user_id, account_id=AccountId(wanted.account_id), lines=[wanted.line()]
            )
        )

    async def preview(identity: Identity, wanted: RecordInvestmentArguments) -> Preview:
        request = GetAccountRequest(user_id=identity.user_id, account_id=AccountId(wanted.account_id))
        account = await finance.get_account(request)
        require_investment_account(account.account_type)
        line = wanted.line()
        figures = {"Units": line.units, "Price": line.price, "Ratio": line.ratio}
        amount = (("Amount", written(line.amount)),) if line.amount is not None else ()
        return Preview(
            f"Record a {line.type.value} of {line.instrument.name} on {line.traded_on} in '{account.name}'.",
            (*((label, _plain(figure)) for label, figure in figures.items() if figure is not None), *amount),
        )

    return finance_write(
        "record_investment_transaction",
        "Record a purchase, sale, SIP instalment, dividend, bonus or split in an investment account.",
        RecordInvestmentArguments,
        record,
        preview,
    )


def _target(finance: FinancialUseCases) -> Tool[Any]:
    async def set_target(identity: Identity, wanted: TargetAllocationArguments) -> TargetAllocationView:
        return await finance.investments.set_target_allocation(
            SetTargetAllocationRequest(user_id=identity.user_id, percents=wanted.percents)
        )

    async def preview(_: Identity, wanted: TargetAllocationArguments) -> Preview:
        require_target(wanted.percents)
        if not wanted.percents:
            return Preview("Take the target allocation back.")
        details = tuple((kind.value, f"{_plain(percent)} %") for kind, percent in wanted.percents.items())
        return Preview("Set the target allocation of your investments.", details)

    return finance_write(
        "set_target_allocation",
        "Set how the person wants investments spread, in percent by asset class.",
        TargetAllocationArguments,
        set_target,
        preview,
    )


def _plain(figure: Decimal) -> str:
    return f"{figure.normalize():f}"
