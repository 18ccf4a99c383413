"""What can be invested in, as one person's records name it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import Final, NewType
from uuid import UUID

from services.shared.domain.errors import InvalidInputError
from services.shared.domain.ids import UserId, new_uuid
from services.shared.domain.text import clean_text

InstrumentId = NewType("InstrumentId", UUID)

MAX_INSTRUMENT_NAME: Final = 200
_ISIN: Final = re.compile(r"[A-Z]{2}[A-Z0-9]{9}[0-9]")
_AMFI_CODE: Final = re.compile(r"[0-9]{1,10}")


class InstrumentKind(StrEnum):
    """The legal form, which decides how a gain is taxed."""

    MUTUAL_FUND = "mutual_fund"
    STOCK = "stock"
    ETF = "etf"
    REIT = "reit"
    INVIT = "invit"
    BOND = "bond"
    SGB = "sgb"
    NPS = "nps"
    EPF = "epf"
    OTHER = "other"


class AssetClass(StrEnum):
    """What the money is exposed to. `hybrid` is funds that mix equity and debt; `unknown` is not told by any source."""

    EQUITY = "equity"
    DEBT = "debt"
    HYBRID = "hybrid"
    GOLD = "gold"
    REAL_ESTATE = "real_estate"
    CASH = "cash"
    OTHER = "other"
    UNKNOWN = "unknown"


_CLASS_OF_KIND: Final = {
    InstrumentKind.STOCK: AssetClass.EQUITY,
    InstrumentKind.REIT: AssetClass.REAL_ESTATE,
    InstrumentKind.INVIT: AssetClass.REAL_ESTATE,
    InstrumentKind.BOND: AssetClass.DEBT,
    InstrumentKind.SGB: AssetClass.GOLD,
    InstrumentKind.EPF: AssetClass.DEBT,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class InstrumentRef:
    """An instrument as a source names it: by `isin` (ISO 6166), by `amfi_code` (a fund's scheme code), or only by name.

    A name alone means the same instrument only within one kind. `asset_class` may be left UNKNOWN: the kind, and for
    a fund the category in AMFI's list, tell it then.
    """

    kind: InstrumentKind
    name: str
    isin: str | None = None
    amfi_code: str | None = None
    asset_class: AssetClass = AssetClass.UNKNOWN

    def __post_init__(self) -> None:
        object.__setattr__(self, "name", clean_text(self.name, what="An instrument's name", limit=MAX_INSTRUMENT_NAME))
        object.__setattr__(self, "isin", _isin(self.isin))
        code = self.amfi_code.strip() if self.amfi_code else None
        if code and not _AMFI_CODE.fullmatch(code):
            raise InvalidInputError(
                f"'{code[:40]}' is not an AMFI scheme code: it is a number such as 122639.",
                extra={"field": "amfi_code"},
            )
        object.__setattr__(self, "amfi_code", code or None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Instrument:
    """An instrument in one person's records.

    Instruments are each person's own, so that nobody reads a name that another wrote. `fmv_2018_01_31` is the fair
    market value of a unit on 31 January 2018 (section 55(2)(ac) of the Income-tax Act, 1961), when it is known.
    """

    id: InstrumentId
    user_id: UserId
    kind: InstrumentKind
    name: str
    isin: str | None
    amfi_code: str | None
    asset_class: AssetClass
    created_at: datetime
    fmv_2018_01_31: Decimal | None = None

    @classmethod
    def of(cls, user_id: UserId, ref: InstrumentRef, now: datetime) -> Instrument:
        """A new instrument, with the asset class that its kind implies when the source does not tell it."""
        return cls(
            id=InstrumentId(new_uuid()),
            user_id=user_id,
            kind=ref.kind,
            name=ref.name,
            isin=ref.isin,
            amfi_code=ref.amfi_code,
            asset_class=class_of(ref),
            created_at=now,
        )

    def is_meant_by(self, ref: InstrumentRef) -> bool:
        """Whether the source speaks of this instrument; identifiers decide, the name only where one side has none."""
        if ref.isin and self.isin:
            return ref.isin == self.isin
        if ref.amfi_code and self.amfi_code:
            return ref.amfi_code == self.amfi_code
        return ref.kind is self.kind and ref.name.casefold() == self.name.casefold()

    def learning(self, ref: InstrumentRef) -> Instrument:
        """The same instrument with what the source knows and the record did not."""
        known = self.asset_class
        return replace(
            self,
            isin=self.isin or ref.isin,
            amfi_code=self.amfi_code or ref.amfi_code,
            asset_class=class_of(ref) if known is AssetClass.UNKNOWN else known,
        )


def class_of(ref: InstrumentRef) -> AssetClass:
    """The asset class that the source tells, else the one that the kind implies."""
    return (
        _CLASS_OF_KIND.get(ref.kind, AssetClass.UNKNOWN) if ref.asset_class is AssetClass.UNKNOWN else ref.asset_class
    )


def _isin(text: str | None) -> str | None:
    isin = text.strip().upper() if text else ""
    if not isin:
        return None
    if not _ISIN.fullmatch(isin):
        raise InvalidInputError(
            f"'{isin[:40]}' is not an ISIN: it has 12 characters, such as INF879O01027.", extra={"field": "isin"}
        )
    return isin
