"""Accounts: where a person's money is kept or owed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Final

from services.shared.domain.errors import InvalidInputError
from services.shared.domain.ids import AccountId, UserId, new_uuid
from services.shared.domain.money import Money

MAX_NAME_LENGTH: Final = 100
MAX_BALANCE: Final = Money.parse("1000000000000000").amount


class AccountType(StrEnum):
    """What kind of account it is."""

    SAVINGS = "savings"
    CURRENT = "current"
    CREDIT_CARD = "credit_card"
    DEPOSIT = "deposit"
    LOAN = "loan"
    MUTUAL_FUND = "mutual_fund"
    STOCKS = "stocks"
    EPF = "epf"
    NPS = "nps"
    GOLD = "gold"
    CASH = "cash"
    OTHER = "other"

    @property
    def is_liability(self) -> bool:
        """Whether money is normally owed on it; its balance is then negative."""
        return self in (AccountType.CREDIT_CARD, AccountType.LOAN)


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """One account of one person.

    `opening_balance` is what it held before the first transaction on record; its currency is the account's. Money owed
    is negative, on cards and loans as on an overdrawn account. `name` is unique among the person's accounts.
    """

    id: AccountId
    user_id: UserId
    account_type: AccountType
    name: str
    institution: str
    opening_balance: Money
    created_at: datetime
    fi_mcp_account_id: str | None = None

    def __post_init__(self) -> None:
        _require_text("name", self.name, required=True)
        _require_text("institution", self.institution, required=False)
        if abs(self.opening_balance.amount) > MAX_BALANCE:
            raise InvalidInputError(f"opening_balance must lie between -{MAX_BALANCE:f} and {MAX_BALANCE:f}.")

    @property
    def currency(self) -> str:
        """ISO 4217 code of every amount on this account."""
        return self.opening_balance.currency

    @classmethod
    def open(
        cls,
        *,
        user_id: UserId,
        account_type: AccountType,
        name: str,
        institution: str,
        opening_balance: Money,
        now: datetime | None = None,
    ) -> Account:
        """A new account; outer and repeated white space in the names is dropped."""
        return cls(
            id=AccountId(new_uuid()),
            user_id=user_id,
            account_type=account_type,
            name=" ".join(name.split()),
            institution=" ".join(institution.split()),
            opening_balance=opening_balance,
            created_at=now or datetime.now(UTC),
        )


def _require_text(field: str, value: str, *, required: bool) -> None:
    if required and not value:
        raise InvalidInputError(f"{field} must not be empty.", extra={"field": field})
    if len(value) > MAX_NAME_LENGTH:
        raise InvalidInputError(f"{field} must have at most {MAX_NAME_LENGTH} characters.", extra={"field": field})
    if not value.isprintable():
        raise InvalidInputError(f"{field} must not contain control characters.", extra={"field": field})
