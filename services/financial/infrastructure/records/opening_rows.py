"""Changes of opening balances as rows."""

from __future__ import annotations

from typing import Any

from sqlalchemy import RowMapping

from services.financial.domain.records.history import Actor
from services.financial.domain.records.opening import OpeningChange
from services.shared.domain.ids import AccountId, UserId, new_uuid
from services.shared.domain.money import Money


def opening_values(change: OpeningChange) -> dict[str, Any]:
    """The row of a change; ids follow each other in time."""
    return {
        "id": new_uuid(),
        "user_id": change.user_id,
        "account_id": change.account_id,
        "before": change.before.amount,
        "after": change.after.amount,
        "actor": change.actor.value,
        "changed_at": change.changed_at,
    }


def to_opening_change(row: RowMapping, currency: str) -> OpeningChange:
    """The change of a row, in the account's currency."""
    return OpeningChange(
        user_id=UserId(row["user_id"]),
        account_id=AccountId(row["account_id"]),
        before=Money(row["before"], currency),
        after=Money(row["after"], currency),
        actor=Actor(row["actor"]),
        changed_at=row["changed_at"],
    )
