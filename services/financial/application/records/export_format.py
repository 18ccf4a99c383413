"""The files that transactions are exported to.

CSV: one line each, UTF-8 with a byte order mark (spreadsheets need it), money out and money in in columns of their own
without a sign, and texts guarded against being taken for formulas. Imported into the account that it came from, it adds
nothing that is on record. JSON: one array of objects, amounts as decimal strings.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import AsyncIterator, Sequence
from typing import Final

from services.financial.application.records.export_transactions import ExportedTransaction
from services.financial.domain.records.parts import Part
from services.financial.domain.records.spreadsheet import guard
from services.shared.domain.events import Json, to_json

Batches = AsyncIterator[Sequence[ExportedTransaction]]

COLUMNS: Final = (
    "Date",
    "Description",
    "Reference",
    "Debit",
    "Credit",
    "Balance",
    "Currency",
    "Account",
    "Payee",
    "Category",
    "Own category",
    "Parts",
    "Tags",
    "Note",
    "Entered by hand",
    "Id",
)


async def csv_lines(batches: Batches) -> AsyncIterator[bytes]:
    """The file in pieces, the header first."""
    yield "\ufeff".encode() + _csv([COLUMNS])
    async for batch in batches:
        yield _csv([_cells(one) for one in batch])


async def json_lines(batches: Batches) -> AsyncIterator[bytes]:
    """The array in pieces, an object a line."""
    yield b"["
    separator = "\n"
    async for batch in batches:
        yield (separator + ",\n".join(json.dumps(_object(one), ensure_ascii=False) for one in batch)).encode()
        separator = ",\n"
    yield b"\n]\n"


def _csv(rows: Sequence[Sequence[str]]) -> bytes:
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    return text.getvalue().encode()


def _cells(exported: ExportedTransaction) -> tuple[str, ...]:
    one = exported.transaction
    size = str(abs(one.amount))
    out = one.amount.amount < 0
    return (
        one.booked_on.isoformat(),
        guard(one.narration),
        guard(one.reference),
        size if out else "",
        "" if out else size,
        str(one.balance_after) if one.balance_after else "",
        one.amount.currency,
        guard(exported.account),
        guard(one.payee),
        one.category.value,
        guard(one.own_category.name if one.own_category else ""),
        guard("; ".join(_part_words(part) for part in one.parts)),
        guard("; ".join(one.tags)),
        guard(" ".join(one.note.split())),
        "yes" if one.is_manual else "",
        str(one.id),
    )


def _part_words(part: Part) -> str:
    """The size before the words, so that no cell begins with a sign."""
    name = part.own_category.name if part.own_category else part.category.value
    return f"{abs(part.amount)} {name}" + (f" ({' '.join(part.note.split())})" if part.note else "")


def _object(exported: ExportedTransaction) -> dict[str, Json]:
    one = exported.transaction
    return {
        "id": str(one.id),
        "date": one.booked_on.isoformat(),
        "amount": str(one.amount),
        "currency": one.amount.currency,
        "description": one.narration,
        "reference": one.reference,
        "balance": str(one.balance_after) if one.balance_after else None,
        "account": exported.account,
        "account_id": str(one.account_id),
        "payee": one.payee,
        "category": one.category.value,
        "category_source": one.category_source.value,
        "own_category": one.own_category.name if one.own_category else None,
        "parts": [
            {
                "amount": str(part.amount),
                "category": part.category.value,
                "own_category": part.own_category.name if part.own_category else None,
                "note": part.note,
            }
            for part in one.parts
        ],
        "tags": to_json(one.tags),
        "note": one.note,
        "entered_by_hand": one.is_manual,
    }
