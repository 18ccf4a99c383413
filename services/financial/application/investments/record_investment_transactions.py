"""Command: record investment transactions of an account, in a batch, each once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Final

from services.financial.application.investments.own_instruments import OwnInstruments
from services.financial.domain.errors import AccountNotFoundError
from services.financial.domain.investments.events import InvestmentTransactionsRecorded
from services.financial.domain.investments.holding import require_investment_account
from services.financial.domain.investments.repositories import InvestmentsUnitOfWorkFactory
from services.financial.domain.investments.transaction import (
    InvestmentLine,
    InvestmentTransaction,
    InvestmentTransactionId,
    fingerprint,
    with_occurrence,
)
from services.shared.domain.clock import Clock, today
from services.shared.domain.errors import InvalidInputError, TooLargeError
from services.shared.domain.ids import AccountId, UserId, new_uuid

MAX_LINES: Final = 20_000


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordInvestmentTransactionsRequest:
    """Lines of one account, in any order; `source` names where they come from, e.g. `fi-mcp` or `manual`.

    Recording the same lines again adds nothing, whatever the batches. Each line names its instrument by an
    `InstrumentRef`; one that the person has no record of yet is made. Two equal lines in one batch are two trades,
    unless they carry the same `reference`.
    """

    user_id: UserId
    account_id: AccountId
    lines: Sequence[InvestmentLine]
    source: str = "manual"


@dataclass(frozen=True, slots=True)
class RecordedInvestmentsView:
    """`recorded` lines are new, `duplicates` were on record; `instruments` were seen for the first time."""

    account_id: AccountId
    recorded: int
    duplicates: int
    instruments: int


class RecordInvestmentTransactions:
    """Records all lines or none; the account must be of a kind that holds investments."""

    def __init__(self, unit_of_work: InvestmentsUnitOfWorkFactory, clock: Clock) -> None:
        self._unit_of_work = unit_of_work
        self._clock = clock

    async def __call__(self, request: RecordInvestmentTransactionsRequest) -> RecordedInvestmentsView:
        """AccountNotFoundError, NotAnInvestmentAccountError, TooLargeError, InvalidInputError for a day ahead."""
        self._require_recordable(request)
        async with self._unit_of_work() as unit:
            # The lock lets one batch of a person in at a time: no instrument is made twice.
            own = {account.id: account for account in await unit.accounts.lock_all(request.user_id)}
            if request.account_id not in own:
                raise AccountNotFoundError
            require_investment_account(own[request.account_id].account_type)
            now = self._clock.now()
            instruments = OwnInstruments(request.user_id, await unit.instruments.list(request.user_id), now)
            keyed = ((fingerprint(instruments.find(line.instrument).id, line), line) for line in request.lines)
            rows = [
                _row(request, instruments, key, occurrence, line, now)
                for key, occurrence, line in with_occurrence(keyed)
            ]
            await unit.instruments.save_all(instruments.changed)
            recorded = await unit.investments.add_all(rows)
            view = RecordedInvestmentsView(
                request.account_id, recorded, len(request.lines) - recorded, instruments.made
            )
            unit.record(_event(request, view))
            await unit.commit()
        return view

    def _require_recordable(self, request: RecordInvestmentTransactionsRequest) -> None:
        if len(request.lines) > MAX_LINES:
            raise TooLargeError(f"At most {MAX_LINES:,} transactions at once; send {len(request.lines):,} in parts.")
        day = today(self._clock)
        for number, line in enumerate(request.lines, 1):
            if line.traded_on > day:
                raise InvalidInputError(
                    f"Transaction {number} is of {line.traded_on}, which is ahead.", extra={"field": "traded_on"}
                )


def _row(
    request: RecordInvestmentTransactionsRequest,
    instruments: OwnInstruments,
    key: bytes,
    occurrence: int,
    line: InvestmentLine,
    now: datetime,
) -> InvestmentTransaction:
    return InvestmentTransaction(
        id=InvestmentTransactionId(new_uuid()),
        user_id=request.user_id,
        account_id=request.account_id,
        instrument_id=instruments.find(line.instrument).id,
        folio=line.folio,
        type=line.type,
        traded_on=line.traded_on,
        units=line.units or Decimal(0),
        price=line.price,
        amount=line.amount or Decimal(0),
        charges=line.charges,
        ratio=line.ratio,
        reference=line.reference,
        source=request.source[:60],
        fingerprint=key,
        occurrence=occurrence,
        created_at=now,
    )


def _event(
    request: RecordInvestmentTransactionsRequest, view: RecordedInvestmentsView
) -> InvestmentTransactionsRecorded:
    return InvestmentTransactionsRecorded(
        user_id=request.user_id,
        account_id=request.account_id,
        source=request.source[:60],
        recorded=view.recorded,
        duplicates=view.duplicates,
    )
