"""Names the adapters of Fi."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from sqlalchemy.ext.asyncio import AsyncEngine

from services.financial.application.fi.get_credit_report import GetCreditReport
from services.financial.application.fi.link_fi import GetFiStatus, LinkFi, UnlinkFi
from services.financial.application.fi.list_doubles import ListFiDoubles
from services.financial.application.fi.ports import FiUnitOfWork
from services.financial.application.fi.resolve_double import ResolveFiDouble
from services.financial.application.fi.sync_fi import FiRecorders, SyncFi
from services.financial.application.fi.use_cases import FiUseCases
from services.financial.application.investments.use_cases import InvestmentUseCases
from services.financial.domain.categorisation import RuleSet
from services.financial.infrastructure.fi_mcp.lazy_client import LazyFiClient
from services.financial.infrastructure.fi_mcp.reader import read_sources
from services.financial.infrastructure.fi_mcp.repository import PostgresFiUnitOfWork
from services.financial.infrastructure.finance_reader import PostgresFinanceReader
from services.shared.domain.clock import Clock
from services.shared.infrastructure.secret_cipher import SecretCipher

FI_URL: Final = "https://mcp.fi.money:8080/mcp/stream"


@dataclass(frozen=True, slots=True)
class FiSettings:
    """Where Fi's server is, and the keys that seal sessions; without keys, ones that last as long as the process."""

    url: str = FI_URL
    keys: Mapping[str, bytes] = field(default_factory=lambda: {"process": secrets.token_bytes(32)})


def build_fi(
    engine: AsyncEngine, settings: FiSettings, investments: InvestmentUseCases, rules: RuleSet, clock: Clock
) -> FiUseCases:
    """Every command and query over Fi."""
    cipher = SecretCipher(settings.keys)
    client = LazyFiClient(settings.url)
    recorders = FiRecorders(investments.record_investment_transactions, investments.record_holdings)

    def unit_of_work() -> FiUnitOfWork:
        return PostgresFiUnitOfWork(engine, cipher)

    return FiUseCases(
        link=LinkFi(unit_of_work, client, clock),
        unlink=UnlinkFi(unit_of_work),
        status=GetFiStatus(unit_of_work),
        sync=SyncFi(unit_of_work, client, read_sources, recorders, rules, clock),
        credit_report=GetCreditReport(unit_of_work),
        list_doubles=ListFiDoubles(unit_of_work, PostgresFinanceReader(engine)),
        resolve_double=ResolveFiDouble(unit_of_work, rules, clock),
    )
