"""Expressions, from the weakest operator to the strongest."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from services.knowledge_graph.domain.cypher.patterns import read_label, read_number, read_pattern, read_property
from services.knowledge_graph.domain.cypher.tokens import TokenKind
from services.knowledge_graph.domain.cypher.words import AGGREGATES, FUNCTIONS, MOST_ITEMS, RESERVED
from services.knowledge_graph.domain.cypher.writer import Writer

_COMPARISONS: Final = ("<>", "<=", ">=", "=", "<", ">")
_AGGREGATES: Final = {name.lower(): name for name in AGGREGATES}
_FUNCTIONS: Final = {name.lower(): name for name in FUNCTIONS}
_NO_LIST: Final = "A list holds strings, whole numbers and parameters."


def read_expression(writer: Writer) -> str:
    """An expression, in parentheses wherever it has parts."""
    writer.deeper()
    text = _joined(writer, ("OR", "XOR"), lambda inner: _joined(inner, ("AND",), _negated))
    writer.back()
    return text


def _joined(writer: Writer, words: tuple[str, ...], part: Callable[[Writer], str]) -> str:
    text = part(writer)
    while any(writer.token.says(word) for word in words):
        word = writer.take().text.upper()
        text = f"({text} {word} {part(writer)})"
    return text


def _negated(writer: Writer) -> str:
    if writer.accepts("NOT"):
        writer.deeper()
        text = f"(NOT {_negated(writer)})"
        writer.back()
        return text
    return _compared(writer)


def _compared(writer: Writer) -> str:
    text = _sum(writer)
    for symbol in _COMPARISONS:
        if writer.accepts(symbol):
            return f"({text} {symbol} {_sum(writer)})"
    if writer.accepts("IN"):
        return f"({text} IN {_sum(writer)})"
    if writer.accepts("IS", "NOT", "NULL"):
        return f"({text} IS NOT NULL)"
    if writer.accepts("IS", "NULL"):
        return f"({text} IS NULL)"
    for words in (("STARTS", "WITH"), ("ENDS", "WITH"), ("CONTAINS",)):
        if writer.accepts(*words):
            return f"({text} {' '.join(words)} {_sum(writer)})"
    return text


def _sum(writer: Writer) -> str:
    return _calculated(writer, ("+", "-"), lambda inner: _calculated(inner, ("*", "/", "%"), _signed))


def _calculated(writer: Writer, symbols: tuple[str, ...], part: Callable[[Writer], str]) -> str:
    """Whole numbers only: text and lists cannot be put together, or they could grow without bound."""
    text = part(writer)
    while any(writer.token.says(symbol) for symbol in symbols):
        symbol = writer.take().text
        text = f"(toInteger({text}) {symbol} toInteger({part(writer)}))"
    return text


def _signed(writer: Writer) -> str:
    if not writer.accepts("-"):
        return _atom(writer)
    if writer.token.kind is TokenKind.NUMBER:
        return read_number(writer, negative=True)
    return f"(0 - toInteger({_atom(writer)}))"


def _atom(writer: Writer) -> str:
    token = writer.token
    if token.kind is TokenKind.STRING:
        return writer.literal(writer.take().text)
    if token.kind is TokenKind.NUMBER:
        return read_number(writer)
    if token.kind is TokenKind.PARAMETER:
        return writer.parameter()
    if writer.accepts("["):
        return _list(writer)
    if writer.accepts("("):
        text = read_expression(writer)
        writer.expect(")", "after an expression (to ask whether a pattern is there, write EXISTS { … })")
        return f"({text})"
    return _word(writer)


def _word(writer: Writer) -> str:
    word = writer.token.text.upper() if writer.token.kind is TokenKind.NAME else ""
    if word in {"TRUE", "FALSE", "NULL"}:
        writer.take()
        return word.lower()
    if word == "CASE":
        return _case(writer)
    if word == "EXISTS":
        return _exists(writer)
    if not word:
        raise writer.error(f"Expected an expression, not {writer.token}.")
    if writer.ahead().says("(") and word not in RESERVED:
        return _call(writer)
    position = writer.token.position
    name = writer.known(writer.name("a variable"), position)
    if writer.accepts("."):
        return f"{name}.{read_property(writer)}"
    if writer.accepts(":"):
        return f"({name}:{read_label(writer)})"
    return name


def _list(writer: Writer) -> str:
    items: list[str] = []
    while not writer.accepts("]"):
        if items:
            writer.expect(",", "between the items of a list")
        token = writer.token
        if token.kind is TokenKind.STRING:
            items.append(writer.literal(writer.take().text))
        elif token.kind is TokenKind.PARAMETER:
            items.append(writer.parameter())
        elif token.kind is TokenKind.NUMBER:
            items.append(read_number(writer))
        else:
            raise writer.error(_NO_LIST)
    return f"[{', '.join(items)}]"


def _case(writer: Writer) -> str:
    writer.take()
    text = "CASE"
    if not writer.token.says("WHEN"):
        text += f" {read_expression(writer)}"
    while writer.accepts("WHEN"):
        text += f" WHEN {read_expression(writer)}"
        writer.expect("THEN", "after WHEN")
        text += f" THEN {read_expression(writer)}"
    if writer.accepts("ELSE"):
        text += f" ELSE {read_expression(writer)}"
    writer.expect("END", "after CASE")
    return f"({text} END)"


def _exists(writer: Writer) -> str:
    """A pattern that is confined like any other; what it binds is known inside only."""
    writer.take()
    writer.expect("{", "after EXISTS")
    writer.deeper()
    writer.accepts("MATCH")
    outer = set(writer.scope)
    pattern = read_pattern(writer, may_name_path=False)
    writer.scope |= set(pattern.names)
    conditions = list(pattern.conditions)
    if writer.accepts("WHERE"):
        conditions.append(read_expression(writer))
    writer.expect("}", "after EXISTS { …")
    writer.scope = outer
    writer.back()
    where = f" WHERE {' AND '.join(conditions)}" if conditions else ""
    return f"EXISTS {{ MATCH {pattern.text}{where} }}"


def _call(writer: Writer) -> str:
    word = writer.token.text.lower()
    if word in _AGGREGATES:
        return _aggregate(writer, _AGGREGATES[word])
    if word not in _FUNCTIONS:
        known = ", ".join(sorted([*FUNCTIONS, *AGGREGATES]))
        raise writer.error(f"There is no function {writer.token}. There are: {known}.")
    name = _FUNCTIONS[word]
    token = writer.take()
    writer.expect("(", "after a function's name")
    arguments = [read_expression(writer)]
    while writer.accepts(",") and len(arguments) < MOST_ITEMS:
        arguments.append(read_expression(writer))
    writer.expect(")", "after a function's arguments")
    wanted = FUNCTIONS[name]
    if wanted is not None and len(arguments) != wanted:
        raise writer.error(f"'{token.text}' takes {wanted} argument{'s' if wanted > 1 else ''}.")
    return f"{name}({', '.join(arguments)})"


def _aggregate(writer: Writer, name: str) -> str:
    writer.take()
    writer.expect("(", "after a function's name")
    if name == "count" and writer.accepts("*"):
        writer.expect(")", "after count(*")
        return "count(*)"
    distinct = "DISTINCT " if writer.accepts("DISTINCT") else ""
    text = read_expression(writer)
    writer.expect(")", "after a function's argument")
    return f"{name}({distinct}{text})"
