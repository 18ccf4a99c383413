"""Statements of every turn, sent to asyncpg itself: by SQLAlchemy each costs three times as much."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple, cast

from sqlalchemy import Dialect, RowMapping, Select
from sqlalchemy.ext.asyncio import AsyncEngine

from data.lending import driver_of, lender_of
from data.transactions import surrounding

Values = Mapping[str, object]


class _Words(NamedTuple):
    """What is sent: the text, the values that are always the same, and each value's name and form in their order."""

    text: str
    fixed: Values
    arguments: Sequence[tuple[str, Callable[[Any], Any] | None]]


class Statement:
    """A statement made by SQLAlchemy, and put into words once. No list is among its values, no JSON in its rows."""

    def __init__(self, statement: Select[Any]) -> None:
        self._statement = statement
        self._words: _Words | None = None

    async def rows(self, engine: AsyncEngine, values: Values) -> Sequence[RowMapping]:
        """Its rows: within the surrounding transaction, or as a transaction of its own on a connection that is lent.

        What asyncpg raises then is raised as it is; `data.postgres.OUTAGES` are those of a server that is away.
        """
        if (around := surrounding()) is not None:
            found = await around.connection.execute(self._statement, dict(values))
            return list(found.mappings())
        text, arguments = self._put(engine.dialect, values)
        lender = lender_of(engine)
        connection = await lender.take(engine)
        try:
            rows = cast("Sequence[RowMapping]", await driver_of(connection).fetch(text, *arguments))
        except BaseException:
            # A statement that was cancelled may go on for a while.
            connection.invalidate()
            raise
        lender.give(connection)
        return rows

    def _put(self, dialect: Dialect, values: Values) -> tuple[str, list[Any]]:
        words = self._words = self._words or _words(self._statement, dialect)
        given = {**words.fixed, **values}
        return words.text, [given[name] if form is None else form(given[name]) for name, form in words.arguments]


def _words(statement: Select[Any], dialect: Dialect) -> _Words:
    compiled = statement.compile(dialect=dialect)
    names = compiled.positiontup or ()
    forms = [compiled.binds[name].type.dialect_impl(dialect).bind_processor(dialect) for name in names]
    return _Words(str(compiled), compiled.params, list(zip(names, forms, strict=True)))
