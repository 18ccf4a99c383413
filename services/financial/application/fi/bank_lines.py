"""Bringing Fi's bank lines into accounts: each line once, each stream into the account that it is of.

Fi does not tell which account of a bank a stream is of. Lines on record tell first, then the balance after the last
line; what nothing tells gets an account of its own.
"""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from services.financial.application.fi.books import FiBooks
from services.financial.application.import_progress import ignore_progress
from services.financial.application.meaning import own_categoriser
from services.financial.application.new_transactions import NewTransactions
from services.financial.application.other_sources import without_repeats
from services.financial.application.pair_own_transfers import pair_own_transfers
from services.financial.domain.account import Account, AccountType
from services.financial.domain.categorisation import Categoriser, RuleSet
from services.financial.domain.deduplication import KnownLine
from services.financial.domain.events import StatementImported
from services.financial.domain.fi.snapshot import FORMAT, OF_BANK, BankStream, FiSource, Flag
from services.financial.domain.ids import ImportId
from services.financial.domain.period import Period
from services.financial.domain.transaction import StatementImport, Transaction, fingerprint
from services.shared.domain.ids import AccountId, new_uuid
from services.shared.domain.money import Money


@dataclass(slots=True)
class BankLines:
    """Stores the streams of one fetch; `reported` is the balance that Fi tells of an account."""

    books: FiBooks
    rules: RuleSet
    now: datetime
    reported: Mapping[AccountId, Money]
    flags: list[Flag]
    added: int = 0
    known: int = 0

    async def store(self, streams: Sequence[BankStream]) -> set[AccountId]:
        """Store all streams; the accounts that they are of."""
        categoriser = await own_categoriser(self.books.unit, self.books.user_id, self.rules)
        used: set[AccountId] = set()
        days: list[Period] = []
        for stream, account in await self._assigned(streams, used):
            added = await self._add(stream, account, categoriser)
            if added:
                days.append(_span(added))
        for period in days:
            await pair_own_transfers(self.books.unit, self.books.own, period, categoriser)
        return used

    async def _assigned(self, streams: Sequence[BankStream], used: set[AccountId]) -> list[tuple[BankStream, Account]]:
        """Each stream with its account; streams that lines on record tell choose first."""
        left: list[BankStream] = []
        result: list[tuple[BankStream, Account]] = []
        for stream in streams:
            found = await self._by_lines(stream, used)
            if found is None:
                left.append(stream)
            else:
                used.add(found.id)
                result.append((stream, found))
        rest: list[BankStream] = []
        for stream in left:
            found = self._by_balance(stream, used)
            if found is None:
                rest.append(stream)
            else:
                used.add(found.id)
                result.append((stream, found))
        for stream in rest:
            account = await self._by_elimination(stream, [one for one in rest if one.bank == stream.bank], used)
            used.add(account.id)
            result.append((stream, account))
        return result

    async def _by_lines(self, stream: BankStream, used: set[AccountId]) -> Account | None:
        keys = {fingerprint(line.booked_on, line.amount, line.narration, line.reference) for line in stream.lines}
        best: tuple[int, Account] | None = None
        for account in self.books.at_bank(stream.bank):
            if account.id in used:
                continue
            known = await self.books.unit.transactions.known_lines(account.id, _days(stream), account.currency)
            shared = sum(1 for line in known if line.identity.fingerprint in keys and _fits(line, stream))
            if shared and (best is None or shared > best[0]):
                best = (shared, account)
        return best[1] if best else None

    def _by_balance(self, stream: BankStream, used: set[AccountId]) -> Account | None:
        last = stream.closing
        fitting = [
            account
            for account in self.books.at_bank(stream.bank)
            if account.id not in used and last is not None and self.reported.get(account.id) == last
        ]
        return fitting[0] if len(fitting) == 1 else None

    async def _by_elimination(self, stream: BankStream, others: Sequence[BankStream], used: set[AccountId]) -> Account:
        free = [one for one in self.books.at_bank(stream.bank) if one.id not in used]
        empty = [one for one in free if not await self._has_lines(one)]
        if len(empty) == 1 and len(others) == 1:
            return empty[0]
        number = 1
        while self.books.linked(f"{OF_BANK}{stream.bank}:{number}"):
            number += 1
        if free:
            self._flag(f"{stream.bank}: which of its accounts these lines are of is not told: they got their own")
        name = f"{stream.bank} (Fi)" if number == 1 else f"{stream.bank} (Fi {number})"
        return await self.books.open(
            f"{OF_BANK}{stream.bank}:{number}", AccountType.SAVINGS, name, stream.bank, stream.opening
        )

    async def _has_lines(self, account: Account) -> bool:
        return (await self.books.unit.accounts.standing(account.id))[1] > 0

    async def _add(self, stream: BankStream, account: Account, categoriser: Categoriser) -> list[Transaction]:
        unit = self.books.unit
        import_id = ImportId(new_uuid())
        building = NewTransactions(account, import_id, categoriser, self.now, ignore_progress)
        known = await unit.transactions.known_lines(account.id, _days(stream), account.currency)
        new = await asyncio.to_thread(building.build, stream.lines, known)
        if account.id in self.books.left_out:
            await unit.transactions.retire(new)
            return []
        new = await without_repeats(unit, account, new, stream.lines, FORMAT)
        self.added += len(new)
        self.known += len(stream.lines) - len(new)
        if not new:
            return []
        await self._open_anew(stream, account, new)
        await unit.imports.add(_record(stream, account, import_id, len(new), self.now))
        await unit.transactions.add_all(new, lambda _: None)
        total = Money.total((one.amount for one in new), account.currency)
        await unit.accounts.add_movements(account.id, total, len(new), _span(new))
        unit.record(_event(stream, account, import_id, len(new)))
        await self._compare(account)
        return new

    async def _open_anew(self, stream: BankStream, account: Account, new: Sequence[Transaction]) -> None:
        """What was held before the first line: as the first line tells, or less what came before those on record."""
        unit = self.books.unit
        if not await self._has_lines(account):
            opening = stream.opening
            reported = self.reported.get(account.id)
            if opening is None and reported is not None:
                opening = reported - Money.total((line.amount for line in stream.lines), account.currency)
            if opening is not None:
                await unit.accounts.restate(account.id, opening - account.opening_balance)
                self.books.own[account.id] = replace(account, opening_balance=opening)
            return
        first = (await unit.accounts.standing(account.id))[2]
        older = [one.amount for one in new if first is not None and one.booked_on < first]
        if older:
            await unit.accounts.restate(account.id, -Money.total(older, account.currency))

    async def _compare(self, account: Account) -> None:
        reported = self.reported.get(account.id)
        balance = Money((await self.books.unit.accounts.standing(account.id))[0], account.currency)
        if reported is not None and reported != balance:
            self._flag(
                f"{account.name}: the balance is told as {reported}, and its transactions come to {balance}; "
                "the transactions were kept"
            )

    def _flag(self, reason: str) -> None:
        self.flags.append(Flag(FiSource.BANK, reason))


def _fits(known: KnownLine, stream: BankStream) -> bool:
    """Whether a line on record is one of the stream's, its balance included where both tell one."""
    identity = known.identity
    return any(
        identity.balance_after is None or line.balance_after is None or identity.balance_after == line.balance_after
        for line in stream.lines
        if line.booked_on == identity.booked_on and line.amount == identity.amount
    )


def _days(stream: BankStream) -> Period:
    return Period(stream.lines[0].booked_on, stream.lines[-1].booked_on)


def _span(transactions: Sequence[Transaction]) -> Period:
    days = [transaction.booked_on for transaction in transactions]
    return Period(min(days), max(days))


def _record(stream: BankStream, account: Account, import_id: ImportId, added: int, now: datetime) -> StatementImport:
    return StatementImport(
        id=import_id,
        user_id=account.user_id,
        account_id=account.id,
        filename="",
        format=FORMAT,
        content_sha256=hashlib.sha256(repr(stream).encode()).digest(),
        imported=added,
        duplicates=len(stream.lines) - added,
        rejected=0,
        created_at=now,
    )


def _event(stream: BankStream, account: Account, import_id: ImportId, added: int) -> StatementImported:
    days = _days(stream)
    return StatementImported(
        user_id=account.user_id,
        account_id=account.id,
        import_id=import_id,
        format=FORMAT,
        imported=added,
        duplicates=len(stream.lines) - added,
        rejected=0,
        first_day=days.start,
        last_day=days.end,
    )
