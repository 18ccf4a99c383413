"""How spending and income are computed: one shape, two signs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from services.financial.application.readers import FinanceReader
from services.financial.application.record_span import left_out, recorded_or_today, require_between
from services.financial.application.transaction_views import require_searchable
from services.financial.application.views import FlowFilterView, FlowGroupView, FlowView
from services.financial.domain.balances import AccountStanding
from services.financial.domain.category import Category
from services.financial.domain.errors import AccountNotFoundError
from services.financial.domain.filters import Grouping, TransactionFilter
from services.financial.domain.ids import OwnCategoryId
from services.financial.domain.period import Period
from services.financial.domain.records.labels import clean_tag
from services.financial.domain.summary import GroupTotal, share_percent
from services.shared.domain.clock import Clock
from services.shared.domain.errors import InvalidInputError
from services.shared.domain.ids import AccountId, UserId
from services.shared.domain.money import Money

MAX_TOP = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class FlowRequest:
    """A period, what to restrict it to, and what to break it down by.

    `payee` is contained in the payee, in any letter case. `top` keeps that many groups (1 to 1000); totals and shares
    are of everything all the same.
    """

    user_id: UserId
    period: Period
    currency: str = "INR"
    category: Category | None = None
    payee: str | None = None
    account_id: AccountId | None = None
    own_category_id: OwnCategoryId | None = None
    tag: str | None = None
    group_by: Grouping = Grouping.CATEGORY
    top: int | None = None


class FlowQuery:
    """Totals of transactions in some categories; `sign` is -1 where money out is to be counted as positive."""

    def __init__(
        self, reader: FinanceReader, clock: Clock, *, name: str, categories: frozenset[Category], sign: int
    ) -> None:
        self._reader = reader
        self._clock = clock
        self._name = name
        self._categories = categories
        self._sign = sign

    async def __call__(self, request: FlowRequest) -> FlowView:
        """The figures, or an error for a category or an account that they cannot be about."""
        wanted = self._filter(request)
        standings = await self._reader.standings(request.user_id)
        account = _own_account(standings, request.account_id)
        totals = await self._reader.totals(wanted, request.group_by, request.currency)
        span = await recorded_or_today(self._reader, self._clock, request.user_id)
        total = Money.total((t.amount for t in totals), request.currency) * self._sign
        recorded = request.period.overlap(span)
        months = (recorded or request.period).month_count()
        return FlowView(
            from_=request.period.start,
            to=request.period.end,
            as_of=span.end,
            currency=request.currency,
            total=total.amount,
            count=sum(t.count for t in totals),
            months=months,
            average_per_month=Money(total.amount / months, request.currency).amount,
            groups=self._groups(request, totals, total, recorded, standings),
            filter=FlowFilterView(request.category, request.payee, account.account.name if account else None),
            left_out=left_out(standings, request.currency),
        )

    def _filter(self, request: FlowRequest) -> TransactionFilter:
        if request.top is not None:
            require_between("top", request.top, 1, MAX_TOP)
        if request.category is not None and request.category not in self._categories:
            allowed = ", ".join(sorted(self._categories))
            raise InvalidInputError(
                f"'{request.category}' is not {self._name}. Its categories are: {allowed}.", extra={"field": "category"}
            )
        return TransactionFilter(
            user_id=request.user_id,
            start=request.period.start,
            end=request.period.end,
            categories=self._categories if request.category is None else frozenset({request.category}),
            payee=require_searchable("payee", request.payee),
            account_id=request.account_id,
            own_category_ids=None if request.own_category_id is None else frozenset({request.own_category_id}),
            tags=None if request.tag is None else frozenset({clean_tag(request.tag)}),
        )

    def _groups(
        self,
        request: FlowRequest,
        totals: list[GroupTotal],
        total: Money,
        recorded: Period | None,
        standings: list[AccountStanding],
    ) -> tuple[FlowGroupView, ...]:
        if request.group_by is Grouping.NONE:
            return ()
        if request.group_by is Grouping.MONTH:
            totals = _every_month(totals, recorded, request.currency)
        names = {str(s.account.id): s.account.name for s in standings}
        groups = [
            FlowGroupView(names.get(t.key, t.key), amount.amount, t.count, share_percent(amount, total))
            for t in totals
            for amount in (t.amount * self._sign,)
        ]
        if request.group_by is not Grouping.MONTH:
            groups.sort(key=lambda group: (-group.amount, group.key))
        return tuple(groups[: request.top])


def _every_month(totals: Iterable[GroupTotal], recorded: Period | None, currency: str) -> list[GroupTotal]:
    """The months of the records in order, those without transactions included."""
    by_month = {total.key: total for total in totals}
    months = recorded.months() if recorded else ()
    return [by_month.get(str(month), GroupTotal(str(month), Money.zero(currency), 0)) for month in months]


def _own_account(standings: Iterable[AccountStanding], account_id: AccountId | None) -> AccountStanding | None:
    if account_id is None:
        return None
    for standing in standings:
        if standing.account.id == account_id:
            return standing
    raise AccountNotFoundError
