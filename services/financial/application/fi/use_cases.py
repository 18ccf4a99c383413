"""Everything that the financial context does with Fi."""

from __future__ import annotations

from dataclasses import dataclass

from services.financial.application.fi.get_credit_report import GetCreditReport
from services.financial.application.fi.link_fi import GetFiStatus, LinkFi, UnlinkFi
from services.financial.application.fi.list_doubles import ListFiDoubles
from services.financial.application.fi.resolve_double import ResolveFiDouble
from services.financial.application.fi.sync_fi import SyncFi


@dataclass(frozen=True, slots=True, kw_only=True)
class FiUseCases:
    """One instance of every command and query."""

    link: LinkFi
    unlink: UnlinkFi
    status: GetFiStatus
    sync: SyncFi
    credit_report: GetCreditReport
    list_doubles: ListFiDoubles
    resolve_double: ResolveFiDouble
