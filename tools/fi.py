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


def fi_tools(finance: FinancialUseCases) -> list[Tool[Any]]:
    """Tools over Fi; linking and fetching wait for the person's approval."""

    async def status(identity: Identity, _: NoArguments) -> FiStatusView:
        return await finance.fi.status(FiRequest(user_id=identity.user_id))

    async def credit_report(identity: Identity, _: NoArguments) -> CreditReportView:
        return await finance.fi.credit_report(FiRequest(user_id=identity.user_id))

    async def link(identity: Identity, _: NoArguments) -> FiStatusView:
        return await finance.fi.link(FiRequest(user_id=identity.user_id))

    async def preview_link(_: Identity, __: NoArguments) -> Preview:
        return Preview("Begin a link to your Fi Money account. Fi will name a page where you log in.")

    async def sync(identity: Identity, _: NoArguments) -> FiSyncView:
        return await finance.fi.sync(FiRequest(user_id=identity.user_id))

    async def preview_sync(identity: Identity, _: NoArguments) -> Preview:
        now = await finance.fi.status(FiRequest(user_id=identity.user_id))
        if now.status == "not_linked":
            raise FiNotLinkedError
        last = f"{now.synced_at:%Y-%m-%d %H:%M} UTC" if now.synced_at else "never"
        return Preview("Fetch accounts, transactions, holdings and credit report from Fi.", (("Last fetched", last),))

    return [
        Tool(
            name="get_fi_status",
            description="Whether Fi Money is linked, and when it was last fetched from.",
            scope="finance:read",
            arguments=NoArguments,
            run=status,
        ),
        Tool(
            name="get_credit_report",
            description="Credit score, and loans and cards as the credit bureau has them.",
            scope="finance:read",
            arguments=NoArguments,
            run=credit_report,
        ),
        finance_write(
            "link_fi", "Begin a link to Fi Money; answers with the page to log in at.", NoArguments, link, preview_link
        ),
        finance_write(
            "sync_fi",
            "Fetch accounts, transactions, holdings and credit report from Fi Money.",
            NoArguments,
            sync,
            preview_sync,
            cost=Cost.HIGH,
        ),
    ]
