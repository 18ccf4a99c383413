"""Holdings: how many units of what a person has, as a custodian reports it or as transactions add up to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Final, NewType
from uuid import UUID

from services.financial.domain.account import AccountType
from services.financial.domain.investments.instrument import InstrumentId, InstrumentRef
from services.financial.domain.investments.transaction import (
    AMOUNT_PLACES,
    MAX_FOLIO,
    PRICE_PLACES,
    UNIT_PLACES,
)
from services.shared.domain.errors import InvalidInputError
from services.shared.domain.ids import AccountId, UserId

SnapshotId = NewType("SnapshotId", UUID)

# Only on these does what is held replace the balance; see `GetNetWorth`.
INVESTMENT_ACCOUNTS: Final = frozenset(
    {
        AccountType.MUTUAL_FUND,
        AccountType.STOCKS,
        AccountType.EPF,
        AccountType.NPS,
        AccountType.GOLD,
        AccountType.OTHER,
    }
)
_MOST: Final = Decimal(10) ** 13


class NotAnInvestmentAccountError(InvalidInputError):
    """Investments were to be recorded on an account of a kind that holds none, such as a savings account."""

    code = "not-an-investment-account"

    def __init__(self, account_type: AccountType) -> None:
        kinds = ", ".join(sorted(kind.value for kind in INVESTMENT_ACCOUNTS))
        super().__init__(
            f"An account of type {account_type.value} holds no investments. Open one of type {kinds}.",
            extra={"field": "account_id"},
        )


def require_investment_account(account_type: AccountType) -> None:
    """NotAnInvestmentAccountError unless investments may be on such an account."""
    if account_type not in INVESTMENT_ACCOUNTS:
        raise NotAnInvestmentAccountError(account_type)


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldingLine:
    """One instrument in one folio as a custodian reports it; None where it says nothing.

    `units` may be 1 with the whole as `value` for what has no units (EPF). `invested` is the cost of what is held.
    """

    instrument: InstrumentRef
    units: Decimal
    folio: str = ""
    price: Decimal | None = None
    value: Decimal | None = None
    invested: Decimal | None = None

    def __post_init__(self) -> None:
        folio = self.folio.strip()
        if len(folio) > MAX_FOLIO or not folio.isprintable():
            raise InvalidInputError(f"folio must have at most {MAX_FOLIO} printable characters.")
        object.__setattr__(self, "folio", folio)
        for name, places in _PLACES.items():
            figure = getattr(self, name)
            if figure is None:
                continue
            if not figure.is_finite() or abs(figure) >= _MOST or (name != "invested" and figure < 0):
                raise InvalidInputError(f"{name} must lie between 0 and {_MOST:f}.", extra={"field": name})
            object.__setattr__(self, name, figure.quantize(places))


_PLACES: Final = {"units": UNIT_PLACES, "price": PRICE_PLACES, "value": AMOUNT_PLACES, "invested": AMOUNT_PLACES}


@dataclass(frozen=True, slots=True, kw_only=True)
class Holding:
    """One line of a snapshot on record."""

    account_id: AccountId
    instrument_id: InstrumentId
    folio: str
    units: Decimal
    price: Decimal | None
    value: Decimal | None
    invested: Decimal | None


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldingSnapshot:
    """All that an account held at the end of `as_of`, as `source` reported it; an empty one says: nothing."""

    id: SnapshotId
    user_id: UserId
    account_id: AccountId
    as_of: date
    source: str
    recorded_at: datetime
    holdings: tuple[Holding, ...]
