"""What was said of accounts that a person may have twice, in PostgreSQL."""

from __future__ import annotations

import dataclasses
from typing import Final

from sqlalchemy import TextClause, delete, insert, select, text, update
from sqlalchemy.ext.asyncio import AsyncConnection

from services.financial.domain.account import Account
from services.financial.domain.fi.twins import DecidedTwins, TwinDecision
from services.financial.domain.records.history import Actor
from services.financial.infrastructure.fi_mcp.tables import fi_decisions
from services.financial.infrastructure.investments.tables import holding_snapshots, investment_transactions
from services.financial.infrastructure.tables import accounts
from services.shared.domain.ids import AccountId, UserId, new_uuid

_D = fi_decisions.c
# What was recorded on Fi's account was recorded on the own one, from now on. Of an identity on both, one stays.
_ABSORB: Final[tuple[TextClause, ...]] = (
    text("UPDATE imports SET account_id = CAST(:own AS uuid) WHERE account_id = CAST(:gone AS uuid)"),
    text(
        "INSERT INTO retired_lines (account_id, fingerprint, occurrence, booked_on, amount)"
        " SELECT CAST(:own AS uuid), fingerprint, occurrence, booked_on, amount FROM retired_lines AS r"
        " WHERE account_id = CAST(:gone AS uuid) AND NOT EXISTS (SELECT FROM transactions AS t WHERE"
        " t.account_id = CAST(:own AS uuid) AND (t.fingerprint, t.occurrence) = (r.fingerprint, r.occurrence))"
        " ON CONFLICT DO NOTHING"
    ),
    text(
        "UPDATE transaction_versions SET before = jsonb_set(before, '{account_id}', to_jsonb(CAST(:own AS text)))"
        " WHERE user_id = CAST(:user AS uuid) AND before ->> 'account_id' = :gone"
    ),
    text(
        "UPDATE transaction_versions SET after = jsonb_set(after, '{account_id}', to_jsonb(CAST(:own AS text)))"
        " WHERE user_id = CAST(:user AS uuid) AND after ->> 'account_id' = :gone"
    ),
    text(
        "UPDATE loan_terms SET account_id = CAST(:own AS uuid) WHERE account_id = CAST(:gone AS uuid)"
        " AND NOT EXISTS (SELECT FROM loan_terms AS own WHERE own.account_id = CAST(:own AS uuid))"
    ),
)


class PostgresFiTwins:
    """Implements FiTwins on one connection."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def decided(self, user_id: UserId) -> list[DecidedTwins]:
        """Read the rows in their order."""
        columns = [_D[field.name] for field in dataclasses.fields(DecidedTwins)]
        query = select(*columns).where(_D.user_id == user_id).order_by(_D.decided_at, _D.id)
        return [
            DecidedTwins(
                **dict(row) | {"decision": TwinDecision(row["decision"]), "actor": Actor(row["actor"])},
            )
            for row in (await self._connection.execute(query)).mappings()
        ]

    async def decide(self, decided: DecidedTwins) -> None:
        """Insert a row."""
        values = {field.name: getattr(decided, field.name) for field in dataclasses.fields(decided)}
        values |= {"id": new_uuid(), "decision": decided.decision.value, "actor": decided.actor.value}
        await self._connection.execute(insert(fi_decisions).values(values))

    async def absorb(self, reported: Account, own: Account) -> None:
        """Update what refers to the account, and hand Fi's id over."""
        who = {"gone": str(reported.id), "own": str(own.id), "user": str(own.user_id)}
        for statement in _ABSORB:
            await self._connection.execute(statement, who)
        for account_id, fi_id in ((reported.id, None), (own.id, reported.fi_mcp_account_id)):
            handing_over = update(accounts).where(accounts.c.id == account_id).values(fi_mcp_account_id=fi_id)
            await self._connection.execute(handing_over)

    async def rename(self, account: Account) -> None:
        """Update the row."""
        values = {
            "account_type": account.account_type.value,
            "name": account.name,
            "institution": account.institution,
            "fi_mcp_account_id": account.fi_mcp_account_id,
        }
        await self._connection.execute(update(accounts).where(accounts.c.id == account.id).values(values))

    async def forget(self, account: Account) -> None:
        """Delete the row."""
        await self._connection.execute(delete(accounts).where(accounts.c.id == account.id))

    async def forget_holdings(self, account_id: AccountId) -> None:
        """Delete snapshots, with their holdings, and trades."""
        for table in (holding_snapshots, investment_transactions):
            await self._connection.execute(delete(table).where(table.c.account_id == account_id))
