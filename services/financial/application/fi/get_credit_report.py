"""Query: the newest credit report."""

from __future__ import annotations

from decimal import Decimal

from services.financial.application.fi.link_fi import FiRequest
from services.financial.application.fi.ports import FiUnitOfWorkFactory
from services.financial.application.fi.views import CreditAccountView, CreditReportView
from services.financial.domain.fi.snapshot import NoCreditReportError


class GetCreditReport:
    """Answers with the report that Fi gave last."""

    def __init__(self, unit_of_work: FiUnitOfWorkFactory) -> None:
        self._unit_of_work = unit_of_work

    async def __call__(self, request: FiRequest) -> CreditReportView:
        """NoCreditReportError when none has come."""
        async with self._unit_of_work() as unit:
            found = await unit.fi.latest_report(request.user_id)
        if found is None:
            raise NoCreditReportError
        report, fetched_at = found
        return CreditReportView(
            vendor=report.vendor,
            score=report.score,
            as_of=report.reported_on,
            fetched_at=fetched_at,
            outstanding=report.outstanding,
            accounts_total=sum((one.balance or Decimal(0) for one in report.accounts), Decimal(0)),
            past_due_total=sum((one.past_due or Decimal(0) for one in report.accounts), Decimal(0)),
            accounts=tuple(
                CreditAccountView(
                    lender=one.lender,
                    kind=one.kind,
                    opened_on=one.opened_on,
                    balance=one.balance,
                    past_due=one.past_due,
                    status=one.status,
                )
                for one in report.accounts
            ),
        )
