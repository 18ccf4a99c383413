"""Command: import a bank's export into an account."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from services.financial.application.import_progress import ImportProgress, ImportStage, OnProgress, ignore_progress
from services.financial.application.meaning import own_categoriser
from services.financial.application.new_transactions import NewTransactions
from services.financial.application.opening_balance import open_as_stated, open_earlier
from services.financial.application.other_sources import without_repeats
from services.financial.application.pair_own_transfers import pair_own_transfers
from services.financial.application.records.double_warning import double_warning
from services.financial.application.statement_check import balance_warning, require_fitting
from services.financial.domain.account import Account
from services.financial.domain.categorisation import RuleSet
from services.financial.domain.errors import AccountNotFoundError, AccountUncertainError, StatementRejectedError
from services.financial.domain.events import StatementImported
from services.financial.domain.ids import ImportId
from services.financial.domain.period import Period
from services.financial.domain.repositories import FinancialUnitOfWork, UnitOfWorkFactory
from services.financial.domain.statement import ColumnMapping, ParsedStatement, RejectedLine, StatementReader
from services.financial.domain.transaction import StatementImport, Transaction
from services.shared.domain.clock import Clock
from services.shared.domain.ids import AccountId, UserId, new_uuid
from services.shared.domain.money import Money


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportStatementRequest:
    """A file for one account.

    `partial` leaves out lines that cannot be read; without it one such line means that nothing is stored. `mapping`
    names the columns of a CSV that is not recognised; the account's currency and type go before its own. With
    `account_guessed` the file is refused when neither a line nor a balance of it proves that it is this account's.
    """

    user_id: UserId
    account_id: AccountId
    content: bytes
    filename: str = ""
    partial: bool = False
    mapping: ColumnMapping | None = None
    account_guessed: bool = False
    on_progress: OnProgress = ignore_progress


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportView:
    """What came of a file: lines added, lines that were on record already, lines left out (only when `partial`).

    `from_` and `to` are the days of its first and last line, None when it has none. `warnings` are sentences about
    what is odd, such as balances that do not agree.
    """

    import_id: ImportId
    format: str
    from_: date | None
    to: date | None
    imported: int
    duplicates: int
    rejected: tuple[RejectedLine, ...]
    warnings: tuple[str, ...]


class ImportStatement:
    """Reads a file and stores what is new of it, in one transaction: the whole file or nothing.

    Imports of one person wait for each other. Reading and categorising run in a thread; the event loop stays free.
    """

    def __init__(self, unit_of_work: UnitOfWorkFactory, reader: StatementReader, rules: RuleSet, clock: Clock) -> None:
        self._unit_of_work = unit_of_work
        self._reader = reader
        self._rules = rules
        self._clock = clock

    async def __call__(self, request: ImportStatementRequest) -> ImportView:
        """Import the file, StatementRejectedError when lines cannot be read and the import is not partial."""
        async with self._unit_of_work() as unit:
            account = await unit.accounts.get(request.user_id, request.account_id)
        if account is None:
            raise AccountNotFoundError
        parsed = await self._parse(request, account)
        async with self._unit_of_work() as unit:
            view = await self._store(unit, request, parsed)
            await unit.commit()
        return view

    async def _parse(self, request: ImportStatementRequest, account: Account) -> ParsedStatement:
        mapping = request.mapping and replace(
            request.mapping, currency=account.currency, account_type=account.account_type
        )
        request.on_progress(ImportProgress(ImportStage.READING, 0, 0))
        parsed = await asyncio.to_thread(self._reader, request.content, request.filename, mapping=mapping)
        require_fitting(parsed, account)
        if parsed.rejected and not request.partial:
            raise StatementRejectedError(parsed.rejected)
        return parsed

    async def _store(
        self, unit: FinancialUnitOfWork, request: ImportStatementRequest, parsed: ParsedStatement
    ) -> ImportView:
        own = {account.id: account for account in await unit.accounts.lock_all(request.user_id)}
        account = own.get(request.account_id)
        if account is None:
            raise AccountNotFoundError
        days = _days(parsed)
        import_id = ImportId(new_uuid())
        categoriser = await own_categoriser(unit, request.user_id, self._rules)
        building = NewTransactions(account, import_id, categoriser, self._clock.now(), request.on_progress)
        known = await unit.transactions.known_lines(account.id, days, account.currency) if days else []
        built = await asyncio.to_thread(building.build, parsed.lines, known)
        new = await without_repeats(unit, account, built, parsed.lines, parsed.format)
        record = self._record(request, parsed, import_id, len(new))
        await unit.imports.add(record)
        first_before = (await unit.accounts.standing(account.id))[2]
        account, taken_over = await open_as_stated(unit, account, parsed, first_before)
        await _add(unit, account, new, request.on_progress)
        account = await open_earlier(unit, account, parsed, new, first_before)
        if new:
            await pair_own_transfers(unit, own, _span(new), categoriser)
        unit.record(_event(record, days))
        disagreement = await _disagreement(unit, account, parsed)
        if disagreement and request.account_guessed and first_before is not None and len(new) == len(parsed.lines):
            raise AccountUncertainError(account.name)
        warnings = (*parsed.warnings, *taken_over, *disagreement, *await double_warning(unit, request.user_id, new))
        return _view(parsed, record, days, warnings)

    def _record(
        self, request: ImportStatementRequest, parsed: ParsedStatement, import_id: ImportId, imported: int
    ) -> StatementImport:
        return StatementImport(
            id=import_id,
            user_id=request.user_id,
            account_id=request.account_id,
            filename=request.filename[:255],
            format=parsed.format,
            content_sha256=hashlib.sha256(request.content).digest(),
            imported=imported,
            duplicates=len(parsed.lines) - imported,
            rejected=len(parsed.rejected),
            created_at=self._clock.now(),
        )


async def _add(
    unit: FinancialUnitOfWork, account: Account, new: Sequence[Transaction], on_progress: OnProgress
) -> None:
    if not new:
        return

    def on_stored(count: int) -> None:
        on_progress(ImportProgress(ImportStage.STORING, count, len(new)))

    await unit.transactions.add_all(new, on_stored)
    total = Money.total((transaction.amount for transaction in new), account.currency)
    await unit.accounts.add_movements(account.id, total, len(new), _span(new))


async def _disagreement(unit: FinancialUnitOfWork, account: Account, parsed: ParsedStatement) -> tuple[str, ...]:
    """A warning when the statement's last balance is not what the account comes to on that day."""
    if not parsed.lines:
        return ()
    total = await unit.transactions.sum_until(account.id, parsed.lines[-1].booked_on, account.currency)
    warning = balance_warning(parsed, account, total)
    return (warning,) if warning else ()


def _view(
    parsed: ParsedStatement, record: StatementImport, days: Period | None, warnings: tuple[str, ...]
) -> ImportView:
    return ImportView(
        import_id=record.id,
        format=record.format,
        from_=days.start if days else None,
        to=days.end if days else None,
        imported=record.imported,
        duplicates=record.duplicates,
        rejected=parsed.rejected,
        warnings=warnings,
    )


def _event(record: StatementImport, days: Period | None) -> StatementImported:
    return StatementImported(
        user_id=record.user_id,
        account_id=record.account_id,
        import_id=record.id,
        format=record.format,
        imported=record.imported,
        duplicates=record.duplicates,
        rejected=record.rejected,
        first_day=days.start if days else None,
        last_day=days.end if days else None,
    )


def _days(parsed: ParsedStatement) -> Period | None:
    days = [line.booked_on for line in parsed.lines]
    return Period(min(days), max(days)) if days else None


def _span(transactions: Sequence[Transaction]) -> Period:
    days = [transaction.booked_on for transaction in transactions]
    return Period(min(days), max(days))
