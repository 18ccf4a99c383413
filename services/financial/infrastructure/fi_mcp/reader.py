"""From the six sources to one snapshot. Nothing that comes makes it fail: what cannot be read is flagged."""

from __future__ import annotations

from services.financial.domain.account import AccountType
from services.financial.domain.fi.snapshot import FiSnapshot, FiSource, FiSources
from services.financial.infrastructure.fi_mcp.bank import read_bank
from services.financial.infrastructure.fi_mcp.credit import read_credit
from services.financial.infrastructure.fi_mcp.epf import read_epf
from services.financial.infrastructure.fi_mcp.fields import Flags
from services.financial.infrastructure.fi_mcp.net_worth import read_net_worth
from services.financial.infrastructure.fi_mcp.trades import read_funds, read_stocks


def read_sources(sources: FiSources) -> FiSnapshot:
    """Implements SnapshotReader. A source that is not linked answers `{}`, which is empty and no error."""
    snapshot = FiSnapshot(empty=[source for source in FiSource if not sources.get(source)])
    flags = {source: Flags(source) for source in FiSource}
    epf = read_epf(sources.get(FiSource.EPF), flags[FiSource.EPF])
    accounts = read_net_worth(sources.get(FiSource.NET_WORTH), flags[FiSource.NET_WORTH])
    # EPF stands in two sources: its own tells more.
    snapshot.accounts = [one for one in accounts if not (epf and one.account_type is AccountType.EPF)] + epf
    snapshot.streams = read_bank(sources.get(FiSource.BANK), flags[FiSource.BANK])
    snapshot.fund_lines = read_funds(sources.get(FiSource.FUNDS), flags[FiSource.FUNDS])
    snapshot.stock_lines = read_stocks(sources.get(FiSource.STOCKS), flags[FiSource.STOCKS])
    snapshot.credit_reports = read_credit(sources.get(FiSource.CREDIT_REPORT), flags[FiSource.CREDIT_REPORT])
    snapshot.flags = [flag for source in FiSource for flag in flags[source].found]
    return snapshot
