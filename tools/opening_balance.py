"""Tool that changes what an account held before its first transaction on record."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from pydantic import Field

from services.financial.application.get_account import GetAccountRequest
from services.financial.application.records.change_opening_balance import ChangeOpeningBalanceRequest
from services.financial.application.use_cases import FinancialUseCases
from services.financial.application.views import AccountView
from services.financial.domain.records.history import Actor
from services.shared.domain.identity import Identity
from services.shared.domain.ids import AccountId
from services.shared.domain.written import written
from tools.arguments import SignedAmount
from tools.tool import Preview, Tool, ToolArguments
from tools.writes import finance_write


class OpeningBalanceArguments(ToolArguments):
    """The account, and what it held."""

    account_id: UUID = Field(description="account_id from list_accounts")
    opening_balance: SignedAmount = Field(description="before the first transaction on record; money owed is negative")


def opening_balance_tools(finance: FinancialUseCases) -> list[Tool[Any]]:
    """The one tool."""

    async def set_opening_balance(identity: Identity, wanted: OpeningBalanceArguments) -> AccountView:
        return await finance.records.change_opening_balance(
            ChangeOpeningBalanceRequest(
                user_id=identity.user_id,
                account_id=AccountId(wanted.account_id),
                opening_balance=wanted.opening_balance,
                actor=Actor.ASSISTANT,
            )
        )

    async def preview(identity: Identity, wanted: OpeningBalanceArguments) -> Preview:
        account = await finance.get_account(
            GetAccountRequest(user_id=identity.user_id, account_id=AccountId(wanted.account_id))
        )
        then = account.balance + wanted.opening_balance - account.opening_balance
        return Preview(
            f"Have '{account.name}' begin with {written(wanted.opening_balance, account.currency)}.",
            (
                ("Opening balance now", written(account.opening_balance, account.currency)),
                ("Balance now", written(account.balance, account.currency)),
                ("Balance then", written(then, account.currency)),
            ),
        )

    return [
        finance_write(
            "set_opening_balance",
            "Change what an account held before its first transaction; its balance differs by as much.",
            OpeningBalanceArguments,
            set_opening_balance,
            preview,
        )
    ]
