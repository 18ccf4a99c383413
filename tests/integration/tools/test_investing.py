"""The tools of investments, loans and tax on a real database: the same figures as the use cases, in bounded results."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from services.financial.application.open_account import OpenAccountRequest
from services.financial.application.use_cases import FinancialUseCases
from services.financial.domain.account import AccountType
from services.financial.infrastructure.wiring import build_use_cases
from services.shared.domain.clock import FixedClock
from services.shared.domain.errors import InvalidInputError, NotFoundError
from services.shared.domain.identity import Identity
from services.shared.domain.ids import UserId, new_uuid
from services.shared.domain.money import Money
from tools.investments import investment_tools
from tools.loans import loan_tools
from tools.results import result_json
from tools.tax import tax_tools
from tools.tool import Effect, Preview, Tool

CLOCK = FixedClock(datetime(2026, 11, 24, 12, tzinfo=UTC))


class Toolbox:
    """Calls tools by name, as the gateway does: arguments validated, results as JSON."""

    def __init__(self, finance: FinancialUseCases, user_id: UserId) -> None:
        self._identity = Identity(user_id)
        self._finance = finance
        self._tools: dict[str, Tool[Any]] = {
            tool.name: tool for tool in (*investment_tools(finance), *loan_tools(finance), *tax_tools(finance))
        }

    async def call(self, name: str, /, **arguments: Any) -> dict[str, Any]:
        tool = self._tools[name]
        return result_json(await tool.run(self._identity, tool.arguments.model_validate(arguments)))

    async def preview(self, name: str, /, **arguments: Any) -> Preview:
        tool = self._tools[name]
        assert tool.effect is Effect.WRITE
        assert tool.preview is not None
        return await tool.preview(self._identity, tool.arguments.model_validate(arguments))

    async def account(self, kind: AccountType, opening: str = "0") -> str:
        request = OpenAccountRequest(
            user_id=self._identity.user_id,
            account_type=kind,
            name=f"My {kind.value}",
            institution="A bank",
            opening_balance=Money.parse(opening),
        )
        return str((await self._finance.open_account(request)).account_id)


@pytest.fixture
def toolbox(postgres_engine: AsyncEngine, unique_user: UserId) -> Toolbox:
    return Toolbox(build_use_cases(postgres_engine, CLOCK), unique_user)


async def test_record_after_a_preview_and_read_back(toolbox: Toolbox) -> None:
    account = await toolbox.account(AccountType.STOCKS)
    purchase = {
        "account_id": account,
        "kind": "stock",
        "name": "Some Bank",
        "isin": "INE040A01034",
        "type": "buy",
        "traded_on": "2025-11-24",
        "units": "10",
        "price": "1500",
    }
    preview = await toolbox.preview("record_investment_transaction", **purchase)
    assert preview.summary == "Record a buy of Some Bank on 2025-11-24 in 'My stocks'."
    assert dict(preview.details) == {"Units": "10", "Price": "1500", "Amount": "₹15,000.00"}
    assert (await toolbox.call("get_holdings"))["holdings"] == []

    assert (await toolbox.call("record_investment_transaction", **purchase))["recorded"] == 1
    assert (await toolbox.call("record_investment_transaction", **purchase))["duplicates"] == 1
    sale = purchase | {"type": "sell", "traded_on": "2026-11-20", "units": "4", "price": "2000"}
    await toolbox.call("record_investment_transaction", **sale)

    assert (await toolbox.call("get_holdings"))["value"] == "12000.00"
    total = (await toolbox.call("get_investment_returns"))["total"]
    assert (total["invested"], total["taken_out"], total["gain"]) == ("15000.00", "8000.00", "5000.00")
    gains = await toolbox.call("get_capital_gains", financial_year="2026-27")
    assert (gains["short_term_gain"], gains["tax_at_special_rates"]) == ("2000.00", "400.00")
    assert (await toolbox.call("get_asset_allocation"))["classes"][0]["asset_class"] == "equity"


async def test_a_preview_refuses_what_the_write_would_refuse(toolbox: Toolbox) -> None:
    savings = await toolbox.account(AccountType.SAVINGS)
    dividend = {"kind": "stock", "name": "x", "type": "dividend", "traded_on": "2026-01-01"}

    with pytest.raises(InvalidInputError, match="holds no investments"):
        await toolbox.preview("record_investment_transaction", account_id=savings, amount="5", **dividend)
    with pytest.raises(NotFoundError):
        await toolbox.preview("record_investment_transaction", account_id=str(new_uuid()), amount="5", **dividend)
    with pytest.raises(InvalidInputError, match="add up to 90"):
        await toolbox.preview("set_target_allocation", percents={"equity": "90"})


async def test_the_target_allocation(toolbox: Toolbox) -> None:
    percents = {"equity": "70", "debt": "30"}

    assert (await toolbox.preview("set_target_allocation", percents=percents)).details == (
        ("equity", "70 %"),
        ("debt", "30 %"),
    )
    assert (await toolbox.call("set_target_allocation", percents=percents))["percents"] == percents
    assert (await toolbox.call("get_asset_allocation"))["has_target"] is True


async def test_sips_and_long_lists_are_bounded(toolbox: Toolbox) -> None:
    account = await toolbox.account(AccountType.MUTUAL_FUND)
    for number in range(45):
        await toolbox.call(
            "record_investment_transaction",
            account_id=account,
            kind="mutual_fund",
            name=f"Fund {number}",
            type="sip",
            traded_on="2026-10-05",
            amount="1000",
            price="10",
        )
    view = await toolbox.call("get_holdings")
    assert (len(view["holdings"]), view["value"]) == (40, "45000.00")
    assert view["left_out"][-1]["name"] == "5 more"
    assert (await toolbox.call("find_sips"))["sips"] == []


async def test_xirr_of_given_amounts(toolbox: Toolbox) -> None:
    day = date(2025, 1, 1)
    flows = [{"day": str(day), "amount": "-100"}, {"day": str(day + timedelta(days=365)), "amount": "112"}]

    assert (await toolbox.call("calculate_xirr", flows=flows))["xirr_percent"] == "12.000000"
    assert "reason" in await toolbox.call("calculate_xirr", flows=flows[:1])
    assert (await toolbox.call("find_funds", text=f"no fund {new_uuid()}"))["funds"] == []


async def test_loans(toolbox: Toolbox) -> None:
    loan = {"principal": "1000000", "annual_rate_percent": "9", "months": 120}
    view = await toolbox.call("calculate_loan", **loan, table_from=120)
    assert (view["emi"], view["first_due_on"]) == ("12667.58", "2026-11-24")
    assert [row["number"] for row in view["instalments"]] == [120]
    saved = await toolbox.call(
        "calculate_prepayment", **loan, prepayments=[{"after_instalment": 12, "amount": "200000"}]
    )
    assert saved["months_saved"] == 31

    account = await toolbox.account(AccountType.LOAN, "-1000000")
    terms = loan | {"account_id": account, "first_due_on": "2026-12-05", "purpose": "home"}
    assert ("EMI", "₹12,667.58") in (await toolbox.preview("set_loan_terms", **terms)).details
    assert len((await toolbox.call("set_loan_terms", **terms))["loans"]) == 1
    assert (await toolbox.call("list_loans"))["loans"][0]["owed"] == "1000000.00"
    assert (await toolbox.call("calculate_loan", account_id=account))["emi"] == "12667.58"
    with pytest.raises(InvalidInputError, match="account_id"):
        await toolbox.call("calculate_loan", principal="5")
    savings = await toolbox.account(AccountType.SAVINGS)
    with pytest.raises(InvalidInputError, match="type loan"):
        await toolbox.preview("set_loan_terms", **terms | {"account_id": savings})


async def test_tax(toolbox: Toolbox) -> None:
    view = await toolbox.call("compare_tax_regimes", gross_salary="1285000", financial_year="2025-26")
    assert (view["better"], view["new"]["payable"]) == ("new", "10400.00")
    used = await toolbox.call("get_tax_deductions", section_80c="200000")
    assert used["sections"][0]["left"] == "0.00"
    assert "not advice" in used["note"]
