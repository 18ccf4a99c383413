"""Links and credit reports in PostgreSQL, and the unit of work with them."""

from __future__ import annotations

import hashlib
import json
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Self

from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from services.financial.application.fi.ports import FiLinks, FiTwins
from services.financial.domain.fi.link import FiLink, LinkStatus
from services.financial.domain.fi.snapshot import CreditAccount, CreditReport, FiSource, Flag
from services.financial.infrastructure.fi_mcp.tables import credit_reports, fi_links
from services.financial.infrastructure.fi_mcp.twins import PostgresFiTwins
from services.financial.infrastructure.unit_of_work import PostgresFinancialUnitOfWork
from services.shared.domain.events import to_json
from services.shared.domain.ids import UserId, new_uuid
from services.shared.infrastructure.secret_cipher import SecretCipher


class PostgresFiLinks:
    """Implements FiLinks on one connection."""

    def __init__(self, connection: AsyncConnection, cipher: SecretCipher) -> None:
        self._connection = connection
        self._cipher = cipher

    async def get(self, user_id: UserId) -> FiLink | None:
        """Read the row and lock it until the unit of work ends."""
        query = select(fi_links).where(fi_links.c.user_id == user_id).with_for_update()
        row = (await self._connection.execute(query)).mappings().one_or_none()
        session_id = self._cipher.open(user_id, row["session"]) if row else None
        if row is None or session_id is None:
            return None
        return FiLink(
            user_id=user_id,
            session_id=session_id,
            status=LinkStatus(row["status"]),
            login_url=row["login_url"],
            linked_at=row["linked_at"],
            synced_at=row["synced_at"],
            flags=tuple(Flag(FiSource(source), reason) for source, reason in row["flags"]),
        )

    async def save(self, link: FiLink) -> None:
        """Insert the row or update it."""
        values = {
            "session": self._cipher.seal(link.user_id, link.session_id),
            "status": link.status.value,
            "login_url": link.login_url,
            "linked_at": link.linked_at,
            "synced_at": link.synced_at,
            "flags": [[flag.source.value, flag.reason] for flag in link.flags],
        }
        statement = insert(fi_links).values(user_id=link.user_id, **values)
        await self._connection.execute(statement.on_conflict_do_update(index_elements=["user_id"], set_=values))

    async def delete(self, user_id: UserId) -> None:
        """Delete the row."""
        await self._connection.execute(delete(fi_links).where(fi_links.c.user_id == user_id))

    async def keep_report(self, user_id: UserId, report: CreditReport, now: datetime) -> bool:
        """Insert the row unless the same report is there."""
        stored: Any = to_json(report)
        digest = hashlib.sha256(json.dumps(stored, sort_keys=True).encode()).digest()
        statement = insert(credit_reports).values(
            id=new_uuid(),
            user_id=user_id,
            sha256=digest,
            reported_on=report.reported_on,
            fetched_at=now,
            report=stored,
        )
        kept = await self._connection.execute(statement.on_conflict_do_nothing().returning(credit_reports.c.id))
        return kept.first() is not None

    async def latest_report(self, user_id: UserId) -> tuple[CreditReport, datetime] | None:
        """Read the newest row: by the bureau's day, then by when it came."""
        c = credit_reports.c
        query = (
            select(c.report, c.fetched_at)
            .where(c.user_id == user_id)
            .order_by(c.reported_on.desc().nulls_last(), c.fetched_at.desc(), c.id.desc())
        )
        row = (await self._connection.execute(query.limit(1))).one_or_none()
        return None if row is None else (_report(row[0]), row[1])


class PostgresFiUnitOfWork(PostgresFinancialUnitOfWork):
    """Implements FiUnitOfWork."""

    fi: FiLinks
    twins: FiTwins

    def __init__(self, engine: AsyncEngine, cipher: SecretCipher) -> None:
        super().__init__(engine)
        self._cipher = cipher

    async def __aenter__(self) -> Self:
        await super().__aenter__()
        self.fi = PostgresFiLinks(self.connection, self._cipher)
        self.twins = PostgresFiTwins(self.connection)
        return self


def _report(stored: dict[str, Any]) -> CreditReport:
    accounts = tuple(
        CreditAccount(
            **one
            | {
                "opened_on": _day(one["opened_on"]),
                "balance": _decimal(one["balance"]),
                "past_due": _decimal(one["past_due"]),
            }
        )
        for one in stored["accounts"]
    )
    return CreditReport(
        **stored
        | {
            "reported_on": _day(stored["reported_on"]),
            "outstanding": _decimal(stored["outstanding"]),
            "accounts": accounts,
        }
    )


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


def _decimal(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)
