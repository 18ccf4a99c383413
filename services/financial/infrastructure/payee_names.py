"""The name that spellings of one payee have in common, as SQL."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ARRAY, ColumnElement, Text, func, literal_column, make_url
from sqlalchemy.dialects.postgresql import aggregate_order_by

from services.financial.domain.categorisation.text import COMPANY_FORMS, INITIAL


def payee_name(payee: ColumnElement[Any]) -> ColumnElement[Any]:
    """`same_name` of the domain. Dear: to be made once for each spelling, not for each row."""
    words = func.regexp_replace(func.regexp_replace(func.upper(payee), "['’`]", "", "g"), "[^A-Z0-9]+", " ", "g")
    forms, last = "|".join(sorted(COMPANY_FORMS)), "|".join(sorted(COMPANY_FORMS - {INITIAL}))
    bare = func.regexp_replace(func.btrim(words), f"( ({forms}))*( ({last}))$", "")
    return func.coalesce(func.nullif(func.replace(bare, " ", ""), ""), func.lower(payee))


def payee_name_sql(column: str) -> str:
    """The same over a column, for statements that are written as text."""
    name = payee_name(literal_column(column))
    return str(name.compile(dialect=make_url("postgresql://").get_dialect()(), compile_kwargs={"literal_binds": True}))


def shortest(payee: ColumnElement[Any]) -> ColumnElement[Any]:
    """Of a group of spellings the one that `by_one_spelling` of the domain shows."""
    ordered = aggregate_order_by(payee, func.char_length(payee), payee.collate("C"))
    return func.array_agg(ordered, type_=ARRAY(Text))[1]
