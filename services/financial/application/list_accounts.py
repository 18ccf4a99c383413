"""Query: the accounts and their balances."""

from __future__ import annotations

from dataclasses import dataclass

from services.financial.application.readers import FinanceReader
from services.financial.application.record_span import left_out, recorded_or_today
from services.financial.application.views import AccountsView, AccountView
from services.financial.domain.account import AccountType
from services.financial.domain.balances import AccountStanding
from services.shared.domain.clock import Clock
from services.shared.domain.ids import UserId
from services.shared.domain.money import Money


@dataclass(frozen=True, slots=True, kw_only=True)
class ListAccountsRequest:
    """Accounts of this type whose institution and name contain these texts, in any letter case."""

    user_id: UserId
    currency: str = "INR"
    account_type: AccountType | None = None
    institution: str | None = None
    name: str | None = None


class ListAccounts:
    """Answers with the accounts by name, each with its balance, and their total."""

    def __init__(self, reader: FinanceReader, clock: Clock) -> None:
        self._reader = reader
        self._clock = clock

    async def __call__(self, request: ListAccountsRequest) -> AccountsView:
        """The accounts that fulfil every condition given."""
        span = await recorded_or_today(self._reader, self._clock, request.user_id)
        standings = [s for s in await self._reader.standings(request.user_id) if _matches(s, request)]
        balances = (s.balance for s in standings if s.account.currency == request.currency)
        return AccountsView(
            as_of=span.end,
            currency=request.currency,
            accounts=tuple(account_view(s) for s in standings),
            total=Money.total(balances, request.currency).amount,
            left_out=left_out(standings, request.currency),
        )


def account_view(standing: AccountStanding) -> AccountView:
    """How an account is shown."""
    account = standing.account
    return AccountView(
        account_id=account.id,
        name=account.name,
        institution=account.institution,
        account_type=account.account_type,
        currency=account.currency,
        opening_balance=account.opening_balance.amount,
        balance=standing.balance.amount,
        last_transaction_on=standing.last_transaction_on,
        transactions=standing.transactions,
    )


def _matches(standing: AccountStanding, request: ListAccountsRequest) -> bool:
    account = standing.account
    return (
        (request.account_type is None or account.account_type is request.account_type)
        and (request.institution is None or request.institution.lower() in account.institution.lower())
        and (request.name is None or request.name.lower() in account.name.lower())
    )
