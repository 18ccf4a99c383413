"""Tools over Fi: the link, fetching, the credit report."""

from __future__ import annotations

from typing import Any

from services.financial.application.fi.link_fi import FiRequest
from services.financial.application.fi.views import CreditReportView, FiStatusView, FiSyncView
from services.financial.application.use_cases import FinancialUseCases
from services.financial.domain.fi.snapshot import FiNotLinkedError
from services.shared.domain.identity import Identity
from tools.profile import NoArguments
from tools.tool import Cost, Preview, Tool
from tools.writes import finance_write


class _Runs:
    def __init__(self, finance: FinancialUseCases) -> None:
        self._fi = finance.fi

    async def status(self, identity: Identity, _: NoArguments) -> FiStatusView:
        return await self._fi.status(FiRequest(user_id=identity.user_id))

    async def credit_report(self, identity: Identity, _: NoArguments) -> CreditReportView:
        return await self._fi.credit_report(FiRequest(user_id=identity.user_id))

    async def link(self, identity: Identity, _: NoArguments) -> FiStatusView:
        return await self._fi.link(FiRequest(user_id=identity.user_id))

    async def preview_link(self, _: Identity, __: NoArguments) -> Preview:
        return Preview("Begin a link to your Fi Money account. Fi will name a page where you log in.")

    async def sync(self, identity: Identity, _: NoArguments) -> FiSyncView:
        return await self._fi.sync(FiRequest(user_id=identity.user_id))

    async def preview_sync(self, identity: Identity, _: NoArguments) -> Preview:
        now = await self._fi.status(FiRequest(user_id=identity.user_id))
        if now.status == "not_linked":
            raise FiNotLinkedError
        last = f"{now.synced_at:%Y-%m-%d %H:%M} UTC" if now.synced_at else "never"
        return Preview("Fetch accounts, transactions, holdings and credit report from Fi.", (("Last fetched", last),))


def fi_tools(finance: FinancialUseCases) -> list[Tool[Any]]:
    """Tools over Fi; linking and fetching wait for the person's approval."""
    runs = _Runs(finance)
    return [
        Tool(
            name="get_fi_status",
            description="Whether Fi Money is linked, and when it was last fetched from.",
            scope="finance:read",
            arguments=NoArguments,
            run=runs.status,
        ),
        Tool(
            name="get_credit_report",
            description="Credit score, and loans and cards as the credit bureau has them.",
            scope="finance:read",
            arguments=NoArguments,
            run=runs.credit_report,
        ),
        finance_write(
            "link_fi",
            "Begin a link to Fi Money; answers with the page to log in at.",
            NoArguments,
            runs.link,
            runs.preview_link,
        ),
        finance_write(
            "sync_fi",
            "Fetch accounts, transactions, holdings and credit report from Fi Money.",
            NoArguments,
            runs.sync,
            runs.preview_sync,
            cost=Cost.HIGH,
        ),
    ]
