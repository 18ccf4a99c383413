"""Query: net worth, now or on a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from services.financial.application.readers import FinanceReader
from services.financial.application.record_span import left_out, recorded_or_today
from services.financial.application.views import BalanceView, NetWorthView
from services.financial.domain.balances import AccountStanding
from services.financial.domain.net_worth import net_worth
from services.shared.domain.clock import Clock
from services.shared.domain.ids import UserId


@dataclass(frozen=True, slots=True, kw_only=True)
class GetNetWorthRequest:
    """At the end of `as_of`; now when it is None."""

    user_id: UserId
    currency: str = "INR"
    as_of: date | None = None


class GetNetWorth:
    """Answers with assets, liabilities and the balance of every account in the currency."""

    def __init__(self, reader: FinanceReader, clock: Clock) -> None:
        self._reader = reader
        self._clock = clock

    async def __call__(self, request: GetNetWorthRequest) -> NetWorthView:
        """Net worth on the day; `as_of` in the answer is that day, else the newest record's, else today."""
        as_of = request.as_of or (await recorded_or_today(self._reader, self._clock, request.user_id)).end
        standings = await self._reader.standings(request.user_id, request.as_of)
        counted = [s for s in standings if s.account.currency == request.currency]
        worth = net_worth((s.balance for s in counted), request.currency)
        return NetWorthView(
            as_of=as_of,
            currency=request.currency,
            net_worth=worth.total.amount,
            assets=worth.assets.amount,
            liabilities=worth.liabilities.amount,
            accounts=tuple(balance_view(s) for s in counted),
            left_out=left_out(standings, request.currency),
        )


def balance_view(standing: AccountStanding) -> BalanceView:
    """How a balance is shown."""
    account = standing.account
    return BalanceView(account.id, account.name, account.account_type, standing.balance.amount)
