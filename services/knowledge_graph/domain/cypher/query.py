"""Read-only Cypher, confined to the nodes of one owner.

The grammar is a small part of openCypher 9: MATCH, OPTIONAL MATCH, WHERE, WITH, RETURN, ORDER BY, SKIP and LIMIT. Two
walls stand around the owner's subgraph. Every node of every pattern, named or not, must have the owner; and relations
are only of types that connect nodes of one owner, so that a path of several hops cannot leave it on the way.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from services.knowledge_graph.domain.cypher.expressions import read_expression
from services.knowledge_graph.domain.cypher.patterns import read_pattern
from services.knowledge_graph.domain.cypher.tokens import TokenKind, tokenize
from services.knowledge_graph.domain.cypher.words import (
    MOST_CLAUSES,
    MOST_ITEMS,
    MOST_ROWS,
    MOST_SKIPPED,
    WRITES,
)
from services.knowledge_graph.domain.cypher.writer import Value, Writer, variable
from services.knowledge_graph.domain.errors import CypherError


@dataclass(frozen=True, slots=True)
class ConfinedQuery:
    """A query that can be run with `$owner` set. `columns` are the names as the query gives them, in order.

    It returns up to `limit + 1` rows; one more than `limit` says that there are more.
    """

    text: str
    parameters: dict[str, Value]
    columns: tuple[str, ...]
    limit: int


@dataclass(slots=True)
class _Projection:
    items: list[str]
    columns: list[str]
    tail: str = ""
    limit: int | None = None


def confine(text: str, parameters: Mapping[str, Value] | None = None) -> ConfinedQuery:
    """Rewrite a query; CypherError says what in it is not understood or not allowed, and where."""
    writer = Writer(text, tokenize(text), parameters or {})
    clauses: list[str] = []
    while not writer.token.says("RETURN"):
        if len(clauses) == MOST_CLAUSES:
            raise writer.error(f"A query may have {MOST_CLAUSES} clauses.")
        clauses.append(_clause(writer, first=not clauses))
    writer.take()
    projection = _projection(writer, of_return=True)
    writer.accepts(";")
    if writer.token.kind is not TokenKind.END:
        raise writer.error(f"Expected the end of the query, not {writer.token}.")
    limit = MOST_ROWS if projection.limit is None else min(projection.limit, MOST_ROWS)
    fetched = limit if projection.limit is not None and projection.limit <= MOST_ROWS else limit + 1
    clauses.append(f"RETURN {', '.join(projection.items)}{projection.tail} LIMIT {fetched}")
    return ConfinedQuery("\n".join(clauses), writer.parameters, tuple(projection.columns), limit)


def _clause(writer: Writer, *, first: bool) -> str:
    if writer.accepts("OPTIONAL", "MATCH"):
        return f"OPTIONAL {_match(writer, first=first)}"
    if writer.accepts("MATCH"):
        return _match(writer, first=first)
    if writer.accepts("WITH"):
        return _with(writer)
    word = writer.token.text.upper()
    if writer.token.kind is TokenKind.NAME and word in WRITES:
        raise writer.error(f"Queries only read: {word} is not allowed.")
    raise writer.error(f"Expected MATCH, OPTIONAL MATCH, WITH or RETURN, not {writer.token}.")


def _match(writer: Writer, *, first: bool) -> str:
    texts: list[str] = []
    conditions: list[str] = []
    while True:
        pattern = read_pattern(writer)
        if (texts or not first) and not writer.scope & set(pattern.names):
            raise writer.error("Each pattern but the first must share a variable with what comes before it.")
        if pattern.path is not None and pattern.path in writer.scope:
            raise writer.error(f"'{pattern.path}' is bound already.")
        writer.scope |= {*pattern.names, *([pattern.path] if pattern.path else [])}
        texts.append(pattern.text)
        conditions += pattern.conditions
        if not writer.accepts(","):
            break
    if writer.accepts("WHERE"):
        conditions.append(read_expression(writer))
    where = f" WHERE {' AND '.join(conditions)}" if conditions else ""
    return f"MATCH {', '.join(texts)}{where}"


def _with(writer: Writer) -> str:
    projection = _projection(writer, of_return=False)
    text = f"WITH {', '.join(projection.items)}{projection.tail}"
    if projection.limit is not None:
        text += f" LIMIT {min(projection.limit, MOST_SKIPPED)}"
    writer.scope = set(projection.columns)
    if writer.accepts("WHERE"):
        text += f" WHERE {read_expression(writer)}"
    return text


def _projection(writer: Writer, *, of_return: bool) -> _Projection:
    found = _Projection([], [])
    distinct = "DISTINCT " if writer.accepts("DISTINCT") else ""
    named: set[str] = set()
    while True:
        item, column = _item(writer, len(found.items), of_return=of_return, named=named)
        found.items.append(item)
        found.columns.append(column)
        if len(found.items) > MOST_ITEMS:
            raise writer.error(f"A clause may have {MOST_ITEMS} items.")
        if not writer.accepts(","):
            break
    if len(set(found.columns)) < len(found.columns):
        raise writer.error("Two items have one name: give one another with AS.")
    found.items[0] = distinct + found.items[0]
    before = set(writer.scope)
    writer.scope |= named
    if writer.accepts("ORDER", "BY"):
        found.tail += f" ORDER BY {_order(writer)}"
    writer.scope = before
    if writer.accepts("SKIP"):
        found.tail += f" SKIP {_whole(writer, MOST_SKIPPED)}"
    if writer.accepts("LIMIT"):
        found.limit = _whole(writer, 2**31)
    return found


def _item(writer: Writer, index: int, *, of_return: bool, named: set[str]) -> tuple[str, str]:
    start = writer.token
    if start.says("*"):
        raise writer.error("Name what you want instead of *.")
    is_variable = start.kind is TokenKind.NAME and start.text in writer.scope
    text = read_expression(writer)
    if writer.accepts("AS"):
        name = writer.name("a column")
        named.add(name)
        return f"{text} AS {variable(name)}", name
    if is_variable and text == variable(start.text):
        return f"{text} AS {text}", start.text
    if not of_return:
        raise writer.error("In WITH, give each expression a name with AS.")
    return f"{text} AS c_{index}", _shown(writer, start.position)


def _shown(writer: Writer, start: int) -> str:
    """The expression as it was written, for the name of a column."""
    return " ".join(writer.source[start : writer.token.position].split())[:100]


def _order(writer: Writer) -> str:
    parts: list[str] = []
    while True:
        text = read_expression(writer)
        if writer.accepts("DESC") or writer.accepts("DESCENDING"):
            text += " DESC"
        elif not writer.accepts("ASC"):
            writer.accepts("ASCENDING")
        parts.append(text)
        if not writer.accepts(","):
            return ", ".join(parts)


def _whole(writer: Writer, most: int) -> int:
    token = writer.token
    if token.kind is not TokenKind.NUMBER:
        raise writer.error(f"Expected a whole number, not {token}.")
    value = int(token.text) if len(token.text) < 12 else most + 1
    if value > most:
        raise CypherError(f"At most {most} may be asked for here.", token.position)
    writer.take()
    return value
