"""Tools about investments: what is held, how it did, how it is spread, what tax its sales come to."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Annotated, Any, Final

from pydantic import Field

from services.financial.application.investments.calculate_xirr import CalculateXirrRequest, XirrView
from services.financial.application.investments.find_funds import MAX_FUNDS, FindFundsRequest, FundsView
from services.financial.application.investments.find_sips import FindSipsRequest
from services.financial.application.investments.get_allocation import GetAllocationRequest
from services.financial.application.investments.get_capital_gains import CapitalGainsView, GetCapitalGainsRequest
from services.financial.application.investments.get_holdings import GetHoldingsRequest
from services.financial.application.investments.get_returns import GetReturnsRequest
from services.financial.application.investments.views import (
    AllocationView,
    HoldingsView,
    InvestmentLeftOutView,
    ReturnsView,
    SipsView,
)
from services.financial.application.use_cases import FinancialUseCases
from services.financial.domain.financial_year import FinancialYear
from services.financial.domain.investments.instrument import InstrumentId
from services.financial.domain.investments.xirr import CashFlow
from services.shared.domain.identity import Identity
from services.shared.domain.ids import parse_uuid
from tools.arguments import SignedAmount
from tools.investment_writes import investment_writes
from tools.profile import NoArguments
from tools.tool import Cost, Tool, ToolArguments

# What is read by a model is bounded; the API lists all.
_LISTED: Final = 40

FinancialYearText = Annotated[
    str | None, Field(max_length=7, description="financial year YYYY-YY such as 2025-26; the running one when not said")
]


class OnADayArguments(ToolArguments):
    """The day; today when nothing is said."""

    as_of: date | None = Field(default=None, description="YYYY-MM-DD")


class ReturnsArguments(OnADayArguments):
    """The day, and which instrument; all of them when nothing is said."""

    instrument_id: Annotated[str | None, Field(max_length=36, description="instrument_id from get_holdings")] = None


class CapitalGainsArguments(ToolArguments):
    """The financial year."""

    financial_year: FinancialYearText = None


class FlowArguments(ToolArguments):
    """Money on a day."""

    day: date = Field(description="YYYY-MM-DD")
    amount: SignedAmount = Field(description="decimal string; negative when it went in, positive when it came out")


class XirrArguments(ToolArguments):
    """The flows, in any order."""

    flows: list[FlowArguments] = Field(min_length=1, max_length=200)


class FindFundsArguments(ToolArguments):
    """What to look for."""

    text: str = Field(min_length=1, max_length=200, description="AMFI code, ISIN, or words of the fund's name")
    limit: int = Field(default=10, ge=1, le=MAX_FUNDS)


def investment_tools(finance: FinancialUseCases) -> list[Tool[Any]]:
    """Tools over investments."""
    return [*_figures(finance), *_spread_and_gains(finance), *_lookups(finance), *investment_writes(finance)]


def _figures(finance: FinancialUseCases) -> list[Tool[Any]]:
    cases = finance.investments

    async def get_holdings(identity: Identity, wanted: OnADayArguments) -> HoldingsView:
        view = await cases.get_holdings(GetHoldingsRequest(user_id=identity.user_id, as_of=wanted.as_of))
        return replace(view, holdings=view.holdings[:_LISTED], left_out=_shortened(view.left_out, len(view.holdings)))

    async def get_returns(identity: Identity, wanted: ReturnsArguments) -> ReturnsView:
        instrument = _instrument(wanted.instrument_id)
        request = GetReturnsRequest(user_id=identity.user_id, as_of=wanted.as_of, instrument_id=instrument)
        view = await cases.get_returns(request)
        left_out = _shortened(view.left_out, len(view.instruments))
        return replace(view, instruments=view.instruments[:_LISTED], left_out=left_out)

    return [
        Tool(
            name="get_holdings",
            description="Investments held (funds, shares, …): units, value at the newest price and its age, cost.",
            scope="finance:read",
            arguments=OnADayArguments,
            run=get_holdings,
        ),
        Tool(
            name="get_investment_returns",
            description="Returns of all investments and of each: XIRR a year, absolute return, invested, value, gain.",
            scope="finance:read",
            arguments=ReturnsArguments,
            run=get_returns,
            cost=Cost.HIGH,
        ),
    ]


def _spread_and_gains(finance: FinancialUseCases) -> list[Tool[Any]]:
    cases = finance.investments

    async def get_allocation(identity: Identity, wanted: OnADayArguments) -> AllocationView:
        return await cases.get_allocation(GetAllocationRequest(user_id=identity.user_id, as_of=wanted.as_of))

    async def get_capital_gains(identity: Identity, wanted: CapitalGainsArguments) -> CapitalGainsView:
        year = FinancialYear.parse(wanted.financial_year) if wanted.financial_year else None
        view = await cases.get_capital_gains(GetCapitalGainsRequest(user_id=identity.user_id, financial_year=year))
        return replace(view, lines=view.lines[:_LISTED], left_out=_shortened(view.left_out, len(view.lines)))

    return [
        Tool(
            name="get_asset_allocation",
            description="How investments are spread over equity, debt, gold, …, and the drift from the target.",
            scope="finance:read",
            arguments=OnADayArguments,
            run=get_allocation,
        ),
        Tool(
            name="get_capital_gains",
            description="Short and long-term capital gains of a financial year, exemption and tax: an estimate.",
            scope="finance:read",
            arguments=CapitalGainsArguments,
            run=get_capital_gains,
            cost=Cost.HIGH,
        ),
    ]


def _lookups(finance: FinancialUseCases) -> list[Tool[Any]]:
    cases = finance.investments

    async def find_sips(identity: Identity, _: NoArguments) -> SipsView:
        view = await cases.find_sips(FindSipsRequest(user_id=identity.user_id))
        return replace(view, sips=view.sips[:_LISTED], left_out=_shortened(view.left_out, len(view.sips)))

    async def find_funds(_: Identity, wanted: FindFundsArguments) -> FundsView:
        return await cases.find_funds(FindFundsRequest(text=wanted.text, limit=wanted.limit))

    async def calculate_xirr(_: Identity, wanted: XirrArguments) -> XirrView:
        flows = [CashFlow(one.day, one.amount) for one in wanted.flows]
        return await cases.calculate_xirr(CalculateXirrRequest(flows=flows))

    return [
        Tool(
            name="find_sips",
            description="Systematic investment plans (SIPs): amount, cadence, next day, instalments, monthly total.",
            scope="finance:read",
            arguments=NoArguments,
            run=find_sips,
        ),
        Tool(
            name="find_funds",
            description="Look mutual funds up in AMFI's list: newest NAV with its day and age, category, codes.",
            scope="finance:read",
            arguments=FindFundsArguments,
            run=find_funds,
        ),
        Tool(
            name="calculate_xirr",
            description="The yearly rate of return (XIRR) of amounts on days that the person gives.",
            scope="finance:read",
            arguments=XirrArguments,
            run=calculate_xirr,
        ),
    ]


def _shortened(left_out: tuple[InvestmentLeftOutView, ...], count: int) -> tuple[InvestmentLeftOutView, ...]:
    """At most as many as are listed of anything, with a word on the rest; the totals count all."""
    kept = left_out[:_LISTED]
    if count <= _LISTED:
        return kept
    return (*kept, InvestmentLeftOutView(f"{count - _LISTED} more", "Only the first are listed; the totals count all."))


def _instrument(text: str | None) -> InstrumentId | None:
    return InstrumentId(parse_uuid(text, "an instrument")) if text else None
