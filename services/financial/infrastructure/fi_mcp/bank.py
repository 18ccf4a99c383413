"""`fetch_bank_transactions`: bankTransactions[]{bank, txns[[amount, narration, date, type, mode, balance]]}.

Types: 1 credit, 2 debit, 3 opening, 4 interest, 5 TDS, 6 instalment, 7 closing, 8 others. Opening and closing move
nothing. The same bank stands there once for each account, and may stand there twice for one.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from services.financial.domain.fi.snapshot import BankStream
from services.financial.domain.statement import StatementLine
from services.financial.infrastructure.fi_mcp.fields import (
    Flags,
    UnreadableError,
    mapping,
    number,
    required_day,
    required_number,
    text,
)
from services.shared.domain.money import Money

# Where the type alone tells the direction.
_SIGNS: Final = {1: 1, 2: -1}
# Where it is usually this one, and the running balance decides.
_USUAL_SIGNS: Final = {4: 1, 5: -1, 6: -1, 8: 1}
_STANDING: Final = frozenset({3, 7})


@dataclass(frozen=True, slots=True)
class _Entry:
    line_no: int
    kind: int
    amount: Decimal
    line: StatementLine


def read_bank(source: Any, flags: Flags) -> list[BankStream]:
    """The accounts' lines, oldest first; entries that share a line with the same balance are one account."""
    streams: list[BankStream] = []
    for number_, entry in flags.entries(mapping(source).get("bankTransactions"), "bankTransactions"):
        bank = text(mapping(entry).get("bank"), 90) or "Bank"
        lines = _lines(mapping(entry).get("txns"), f"{bank} ({number_})", flags)
        if lines:
            _join(streams, BankStream(bank, lines))
    return streams


def _lines(rows: Any, where: str, flags: Flags) -> tuple[StatementLine, ...]:
    entries: list[_Entry] = []
    for line_no, row in flags.entries(rows, f"the transactions of {where}"):
        try:
            found = _entry(line_no, row)
        except UnreadableError as error:
            flags.add(f"transaction {line_no} of {where} was left out: {error}")
            continue
        if found is not None:
            entries.append(found)
    newest_first = len(entries) > 1 and entries[0].line.booked_on > entries[-1].line.booked_on
    ordered = list(reversed(entries)) if newest_first else entries
    ordered.sort(key=lambda entry: entry.line.booked_on)
    return tuple(_signed(ordered, where, flags))


def _entry(line_no: int, row: Any) -> _Entry | None:
    if not isinstance(row, list) or len(row) < 4:
        raise UnreadableError("it is not a list of amount, narration, date and type")
    kind = int(required_number(row[3], "type"))
    if kind in _STANDING:
        return None
    if kind not in _SIGNS and kind not in _USUAL_SIGNS:
        raise UnreadableError(f"its type {kind} is not known")
    amount = required_number(row[0], "amount")
    if not amount:
        return None
    balance = number(row[5]) if len(row) > 5 else None
    mode = text(row[4], 30) if len(row) > 4 else ""
    narration = text(row[1]) or mode or "(no narration)"
    line = StatementLine(
        line_no, required_day(row[2]), Money(amount), narration, "", None if balance is None else Money(balance)
    )
    return _Entry(line_no, kind, amount, line)


def _signed(entries: list[_Entry], where: str, flags: Flags) -> Iterable[StatementLine]:
    before: Money | None = None
    for entry in entries:
        line, sign = entry.line, _SIGNS.get(entry.kind)
        if sign is None:
            sign = _told_by_balance(entry, before) or _USUAL_SIGNS[entry.kind]
            if entry.kind == 8 and _told_by_balance(entry, before) is None:
                flags.add(f"transaction {entry.line_no} of {where} does not tell its direction: taken as money in")
        amount = Money(abs(entry.amount) * sign)
        if before is not None and line.balance_after is not None and before + amount != line.balance_after:
            flags.add(f"the balances of {where} do not chain at transaction {entry.line_no}")
        before = line.balance_after
        yield StatementLine(line.line_no, line.booked_on, amount, line.narration, line.reference, line.balance_after)


def _told_by_balance(entry: _Entry, before: Money | None) -> int | None:
    after, size = entry.line.balance_after, abs(entry.amount)
    if before is None or after is None:
        return None
    moved = (after - before).amount
    return 1 if moved == size else -1 if moved == -size else None


def _join(streams: list[BankStream], new: BankStream) -> None:
    told = {_key(line) for line in new.lines if line.balance_after is not None}
    for index, known in enumerate(streams):
        if known.bank == new.bank and any(_key(line) in told for line in known.lines):
            there = {_key(line) for line in known.lines}
            added = [*known.lines, *(line for line in new.lines if _key(line) not in there)]
            streams[index] = BankStream(known.bank, tuple(sorted(added, key=lambda line: line.booked_on)))
            return
    streams.append(new)


def _key(line: StatementLine) -> tuple[object, ...]:
    return line.booked_on, line.amount, line.narration, line.balance_after
