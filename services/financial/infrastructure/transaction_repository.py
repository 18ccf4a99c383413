"""Transactions in PostgreSQL."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, Final

from sqlalchemy import (
    ARRAY,
    ColumnElement,
    Select,
    Uuid,
    and_,
    any_,
    bindparam,
    delete,
    func,
    insert,
    null,
    select,
    text,
    update,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from data.postgres import raw_connection
from services.financial.domain.categorisation import RuleField
from services.financial.domain.deduplication import KnownLine, LineIdentity
from services.financial.domain.filters import TransactionFilter
from services.financial.domain.period import Period
from services.financial.domain.transaction import Transaction
from services.financial.infrastructure.mappers import (
    TRANSACTION_COLUMNS,
    select_transactions,
    to_transaction,
    transaction_record,
)
from services.financial.infrastructure.records.part_rows import delete_parts, insert_parts
from services.financial.infrastructure.records.retired_lines import claim_occurrence, retire, unretire
from services.financial.infrastructure.records.tables import retired_lines
from services.financial.infrastructure.rollups.sums import Span, month_sums
from services.financial.infrastructure.tables import accounts, transactions
from services.financial.infrastructure.transaction_condition import condition
from services.shared.domain.ids import AccountId, TransactionId, UserId
from services.shared.domain.money import Money

COPY_ROWS: Final = 5000
_CATEGORY_COLUMNS: Final = ("category", "category_source", "rule_id", "transfer_pair_id")
_EDITABLE_COLUMNS: Final = frozenset(TRANSACTION_COLUMNS) - {"id", "user_id", "import_id", "line_no", "created_at"}


class PostgresTransactionRepository:
    """Implements TransactionRepository on one connection; `on_recorded` is told what was added or changed."""

    def __init__(
        self, connection: AsyncConnection, on_recorded: Callable[[Sequence[Transaction]], None] = lambda _: None
    ) -> None:
        self._connection = connection
        self._on_recorded = on_recorded

    async def add_all(self, new: Sequence[Transaction], on_stored: Callable[[int], None]) -> None:
        """COPY the rows in, several thousand at a time."""
        # The driver opens the transaction with its first statement; COPY goes past it and must find it open.
        await self._connection.execute(text("SELECT 1"))
        raw = await raw_connection(self._connection)
        for start in range(0, len(new), COPY_ROWS):
            batch = new[start : start + COPY_ROWS]
            await raw.copy_records_to_table(
                transactions.name, records=map(transaction_record, batch), columns=TRANSACTION_COLUMNS
            )
            on_stored(start + len(batch))
        self._on_recorded(new)

    async def get(self, user_id: UserId, transaction_id: TransactionId) -> Transaction | None:
        """Read the row if it is this person's."""
        found = await self._fetch(user_id, transactions.c.id == transaction_id)
        return found[0] if found else None

    async def known_lines(self, account_id: AccountId, days: Period, currency: str) -> list[KnownLine]:
        """Read only what identifies a line."""
        t, r = transactions.c, retired_lines.c
        live = select(t.fingerprint, t.occurrence, t.booked_on, t.amount, t.balance_after).where(
            t.account_id == account_id, t.booked_on.between(days.start, days.end)
        )
        retired = select(r.fingerprint, r.occurrence, r.booked_on, r.amount, null()).where(
            r.account_id == account_id, r.booked_on.between(days.start, days.end)
        )
        query = live.union_all(retired)
        return [
            KnownLine(
                LineIdentity(key, day, Money(amount, currency), None if balance is None else Money(balance, currency)),
                occurrence,
            )
            for key, occurrence, day, amount, balance in await self._connection.execute(query)
        ]

    async def sum_until(self, account_id: AccountId, day: date, currency: str) -> Money:
        """From the sums by month, and the rows of the last one."""
        sums = month_sums(select(accounts.c.id).where(accounts.c.id == account_id), Span(end=day)).c
        query = select(func.coalesce(func.sum(sums.amount), 0))
        return Money((await self._connection.execute(query)).scalar_one(), currency)

    async def mirrored(self, user_id: UserId, days: Period, tolerance_days: int) -> list[Transaction]:
        """Join the days with themselves on the opposite amount, by a hash of the amounts.

        The rows are materialised first: they may be new in this very transaction, and a planner without statistics of
        them would look for each by itself.
        """
        t = transactions.c
        near = (
            select(t.id, t.account_id, t.amount, t.booked_on, accounts.c.currency, t.transfer_pair_id)
            .join(accounts, accounts.c.id == t.account_id)
            .where(t.user_id == user_id, t.booked_on.between(days.start, days.end))
            .cte("near")
            .prefix_with("MATERIALIZED", dialect="postgresql")
        )
        other = near.alias("other")
        mirrored = select(near.c.id).join(
            other,
            and_(
                other.c.amount == -near.c.amount,
                other.c.currency == near.c.currency,
                other.c.account_id != near.c.account_id,
                func.abs(other.c.booked_on - near.c.booked_on) <= tolerance_days,
            ),
        )
        paired = select(near.c.id).where(near.c.transfer_pair_id.is_not(None))
        return await self._fetch(user_id, t.id.in_(mirrored.union(paired)))

    async def alike(self, user_id: UserId, days: int, within: Period | None = None) -> list[Transaction]:
        """Join the few entries by hand, which have an index of their own, with the lines near them."""
        t, line = transactions.c, transactions.alias("line").c
        entered = [t.user_id == user_id, t.import_id.is_(None)]
        if within is not None:
            entered.append(t.booked_on.between(within.start, within.end))
        near = and_(
            line.account_id == t.account_id,
            line.amount == t.amount,
            line.import_id.is_not(None),
            line.booked_on.between(t.booked_on - days, t.booked_on + days),
        )
        pairs = (await self._connection.execute(select(t.id, line.id.label("line_id")).where(*entered, near))).all()
        ids = {one for pair in pairs for one in pair}
        return await self._fetch(user_id, t.id.in_(ids)) if ids else []

    async def having_words(self, user_id: UserId, field: RuleField, words: Sequence[str]) -> list[Transaction]:
        """Look for each word anywhere in the field."""
        column = transactions.c[field.value]
        return await self._fetch(user_id, and_(*(column.icontains(word, autoescape=True) for word in words)))

    async def with_rule(self, user_id: UserId, rule_id: str) -> list[Transaction]:
        """Read by the rule's name."""
        return await self._fetch(user_id, transactions.c.rule_id == rule_id)

    async def save_categories(self, changed: Sequence[Transaction]) -> None:
        """Update the rows in one batch."""
        if not changed:
            return
        statement = (
            update(transactions)
            .where(transactions.c.id == bindparam("row_id"))
            .values({name: bindparam(f"new_{name}") for name in (*_CATEGORY_COLUMNS, "own_category_id")})
        )
        await self._connection.execute(statement, [_category_values(t) for t in changed])
        self._on_recorded(changed)

    async def add(self, transaction: Transaction) -> None:
        """Insert the row and its parts."""
        values = dict(zip(TRANSACTION_COLUMNS, transaction_record(transaction), strict=True))
        await self._connection.execute(insert(transactions).values(values))
        await insert_parts(self._connection, [transaction])
        self._on_recorded([transaction])

    async def save(self, changed: Sequence[Transaction]) -> None:
        """Update everything that can change, and put the parts anew."""
        if not changed:
            return
        statement = (
            update(transactions)
            .where(transactions.c.id == bindparam("row_id"))
            .values({name: bindparam(f"new_{name}") for name in _EDITABLE_COLUMNS})
        )
        await self._connection.execute(statement, [_editable_values(t) for t in changed])
        await delete_parts(self._connection, [t.id for t in changed])
        await insert_parts(self._connection, changed)
        self._on_recorded(changed)

    async def delete(self, gone: Sequence[TransactionId]) -> None:
        """Delete the rows; their parts go with them."""
        await self._connection.execute(delete(transactions).where(_is_among(gone)))

    async def claim_occurrence(self, account_id: AccountId, key: bytes) -> int:
        """Take back a retired line, or count the live ones."""
        return await claim_occurrence(self._connection, account_id, key)

    async def retire(self, lines: Sequence[Transaction]) -> None:
        """Keep the lines' identities."""
        await retire(self._connection, lines)

    async def unretire(self, account_id: AccountId) -> None:
        """Delete the account's rows."""
        await unretire(self._connection, account_id)

    async def move(self, lines: Sequence[Transaction], account_id: AccountId) -> None:
        """Update the rows at once; occurrences count on from the highest that the account has of a fingerprint."""
        if not lines:
            return
        t, own = transactions.c, transactions.alias("own").c
        highest = select(func.max(own.occurrence)).where(own.account_id == account_id, own.fingerprint == t.fingerprint)
        await self._connection.execute(
            update(transactions)
            .where(_is_among([line.id for line in lines]))
            .values(
                account_id=account_id,
                occurrence=t.occurrence + func.coalesce(highest.correlate(transactions).scalar_subquery() + 1, 0),
            )
        )
        self._on_recorded([replace(line, account_id=account_id) for line in lines])

    async def matching(self, wanted: TransactionFilter, limit: int) -> list[Transaction]:
        """Read by the condition that the queries use."""
        query = select_transactions().where(await condition(self._connection, wanted))
        query = query.order_by(transactions.c.booked_on, transactions.c.id).limit(limit)
        return [to_transaction(row) for row in (await self._connection.execute(query)).mappings()]

    async def _fetch(self, user_id: UserId, condition: ColumnElement[bool]) -> list[Transaction]:
        query: Select[Any] = select_transactions().where(transactions.c.user_id == user_id, condition)
        query = query.order_by(transactions.c.booked_on, transactions.c.id)
        return [to_transaction(row) for row in (await self._connection.execute(query)).mappings()]


def _is_among(ids: Sequence[TransactionId]) -> ColumnElement[bool]:
    """By one array: a parameter for each would be too many."""
    return transactions.c.id == any_(bindparam("ids", list(ids), ARRAY(Uuid), unique=True))


def _category_values(transaction: Transaction) -> dict[str, object]:
    values = {f"new_{name}": getattr(transaction, name) for name in _CATEGORY_COLUMNS}
    own = transaction.own_category
    return {"row_id": transaction.id, "new_own_category_id": own.id if own else None} | values


def _editable_values(transaction: Transaction) -> dict[str, object]:
    values = dict(zip(TRANSACTION_COLUMNS, transaction_record(transaction), strict=True))
    return {"row_id": transaction.id} | {f"new_{name}": values[name] for name in _EDITABLE_COLUMNS}
