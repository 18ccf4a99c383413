"""What an account held before its first transaction on record, as people change it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from services.financial.domain.records.history import Actor
from services.shared.domain.ids import AccountId, UserId
from services.shared.domain.money import Money


@dataclass(frozen=True, slots=True, kw_only=True)
class OpeningChange:
    """One change of one account's opening balance by hand. What a statement corrects is none."""

    user_id: UserId
    account_id: AccountId
    before: Money
    after: Money
    actor: Actor
    changed_at: datetime
