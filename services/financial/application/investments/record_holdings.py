"""Command: record what an account holds on a day, as its custodian reports it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from services.financial.application.investments.own_instruments import OwnInstruments
from services.financial.domain.errors import AccountNotFoundError
from services.financial.domain.investments.events import HoldingsRecorded
from services.financial.domain.investments.holding import (
    Holding,
    HoldingLine,
    HoldingSnapshot,
    SnapshotId,
    require_investment_account,
)
from services.financial.domain.investments.instrument import InstrumentId
from services.financial.domain.investments.repositories import InvestmentsUnitOfWorkFactory
from services.shared.domain.clock import Clock, today
from services.shared.domain.errors import InvalidInputError, TooLargeError
from services.shared.domain.ids import AccountId, UserId, new_uuid

MAX_HOLDINGS: Final = 5_000


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordHoldingsRequest:
    """All that the account held at the end of `as_of`; no lines say that it held nothing.

    A snapshot of the same account and day takes the place of the earlier one, so that the same report again changes
    nothing. Lines of the same instrument and folio are added up.
    """

    user_id: UserId
    account_id: AccountId
    as_of: date
    lines: Sequence[HoldingLine]
    source: str = "manual"


@dataclass(frozen=True, slots=True)
class RecordedHoldingsView:
    """How many holdings the snapshot has, and how many instruments were seen for the first time."""

    account_id: AccountId
    as_of: date
    holdings: int
    instruments: int


class RecordHoldings:
    """Records a snapshot; the account must be of a kind that holds investments."""

    def __init__(self, unit_of_work: InvestmentsUnitOfWorkFactory, clock: Clock) -> None:
        self._unit_of_work = unit_of_work
        self._clock = clock

    async def __call__(self, request: RecordHoldingsRequest) -> RecordedHoldingsView:
        """AccountNotFoundError, NotAnInvestmentAccountError, TooLargeError, InvalidInputError for a day ahead."""
        if len(request.lines) > MAX_HOLDINGS:
            raise TooLargeError(f"An account may have at most {MAX_HOLDINGS:,} holdings.")
        if request.as_of > today(self._clock):
            raise InvalidInputError("as_of must not lie ahead.", extra={"field": "as_of"})
        async with self._unit_of_work() as unit:
            own = {account.id: account for account in await unit.accounts.lock_all(request.user_id)}
            if request.account_id not in own:
                raise AccountNotFoundError
            require_investment_account(own[request.account_id].account_type)
            now = self._clock.now()
            instruments = OwnInstruments(request.user_id, await unit.instruments.list(request.user_id), now)
            snapshot = HoldingSnapshot(
                id=SnapshotId(new_uuid()),
                user_id=request.user_id,
                account_id=request.account_id,
                as_of=request.as_of,
                source=request.source[:60],
                recorded_at=now,
                holdings=tuple(_holdings(request, instruments)),
            )
            await unit.instruments.save_all(instruments.changed)
            await unit.investments.replace_snapshot(snapshot)
            unit.record(_event(snapshot))
            await unit.commit()
        return RecordedHoldingsView(request.account_id, request.as_of, len(snapshot.holdings), instruments.made)


def _holdings(request: RecordHoldingsRequest, instruments: OwnInstruments) -> Iterator[Holding]:
    together: dict[tuple[InstrumentId, str], list[HoldingLine]] = {}
    for line in request.lines:
        together.setdefault((instruments.find(line.instrument).id, line.folio), []).append(line)
    for (instrument_id, folio), lines in together.items():
        yield Holding(
            account_id=request.account_id,
            instrument_id=instrument_id,
            folio=folio,
            units=sum((line.units for line in lines), Decimal(0)),
            price=next((line.price for line in lines if line.price is not None), None),
            value=_sum(line.value for line in lines),
            invested=_sum(line.invested for line in lines),
        )


def _sum(figures: Iterator[Decimal | None]) -> Decimal | None:
    """The sum; unknown as soon as one part is."""
    total = Decimal(0)
    for figure in figures:
        if figure is None:
            return None
        total += figure
    return total


def _event(snapshot: HoldingSnapshot) -> HoldingsRecorded:
    return HoldingsRecorded(
        user_id=snapshot.user_id,
        account_id=snapshot.account_id,
        source=snapshot.source,
        as_of=snapshot.as_of,
        holdings=len(snapshot.holdings),
    )
