"""Investment transactions for tests."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from uuid import UUID

from services.financial.domain.investments.instrument import InstrumentId
from services.financial.domain.investments.lots import PositionKey
from services.financial.domain.investments.transaction import (
    InvestmentTransaction,
    InvestmentTransactionId,
    InvestmentType,
)
from services.shared.domain.ids import AccountId, UserId, new_uuid

USER = UserId(UUID(int=1))
ACCOUNT = AccountId(UUID(int=2))
INSTRUMENT = InstrumentId(UUID(int=3))
KEY = PositionKey(ACCOUNT, INSTRUMENT, "F1")


def a_transaction(
    kind: InvestmentType,
    day: date | str,
    units: str | Decimal = "0",
    amount: str | Decimal = "0",
    *,
    ratio: str | None = None,
    folio: str = "F1",
) -> InvestmentTransaction:
    return InvestmentTransaction(
        id=InvestmentTransactionId(new_uuid()),
        user_id=USER,
        account_id=ACCOUNT,
        instrument_id=INSTRUMENT,
        folio=folio,
        type=kind,
        traded_on=date.fromisoformat(day) if isinstance(day, str) else day,
        units=Decimal(units),
        price=None,
        amount=Decimal(amount),
        charges=Decimal(0),
        ratio=None if ratio is None else Decimal(ratio),
        reference="",
        source="test",
        fingerprint=b"",
        occurrence=0,
        created_at=datetime(2026, 11, 24, tzinfo=UTC),
    )
