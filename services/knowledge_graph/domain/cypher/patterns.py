"""Patterns, with each node confined to its owner."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from services.knowledge_graph.domain.cypher.tokens import TokenKind
from services.knowledge_graph.domain.cypher.words import LABELS, MOST_HOPS, PROPERTIES, TYPES
from services.knowledge_graph.domain.cypher.writer import Writer, variable

OWNED: Final = "owner: $owner"


@dataclass(slots=True)
class Pattern:
    """A pattern as rewritten, the condition that confines what lies inside a path, and the names in it."""

    text: str = ""
    conditions: list[str] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    path: str | None = None


def read_pattern(writer: Writer, *, may_name_path: bool = True) -> Pattern:
    """A chain of nodes and relations, with a name for the path before it or not."""
    pattern = Pattern()
    if writer.token.kind is TokenKind.NAME and writer.ahead().says("="):
        if not may_name_path:
            raise writer.error("A path cannot be named here.")
        pattern.path = writer.name("a path")
        writer.expect("=", "after a path's name")
    chain = _node(writer, pattern)
    varies = False
    while writer.token.says("-") or writer.token.says("<"):
        relation, many = _relation(writer, pattern)
        chain += relation + _node(writer, pattern)
        varies = varies or many
    if varies or pattern.path:
        name = variable(pattern.path) if pattern.path else writer.path()
        pattern.conditions.append(f"all(n IN nodes({name}) WHERE n.owner = $owner)")
        chain = f"{name} = {chain}"
    pattern.text = chain
    return pattern


def _node(writer: Writer, pattern: Pattern) -> str:
    writer.expect("(", "where a node begins")
    name = ""
    if writer.token.kind is TokenKind.NAME:
        name = writer.name("a node")
        pattern.names.append(name)
    label = f":{_label(writer)}" if writer.accepts(":") else ""
    if writer.token.says(":") or writer.token.says("|"):
        raise writer.error("A node may have one label.")
    properties = [OWNED, *_properties(writer)]
    writer.expect(")", "where a node ends")
    return f"({variable(name) if name else ''}{label} {{{', '.join(properties)}}})"


def _relation(writer: Writer, pattern: Pattern) -> tuple[str, bool]:
    writer.relate()
    left = writer.accepts("<")
    writer.expect("-", "in a relation")
    inner, many = "", False
    if writer.accepts("["):
        inner, many = _inside(writer, pattern)
        writer.expect("]", "where a relation ends")
    else:
        inner = f":{'|'.join(TYPES)}"
    writer.expect("-", "in a relation")
    right = writer.accepts(">")
    if left and right:
        raise writer.error("A relation has one direction, or none.")
    return f"{'<' if left else ''}-[{inner}]-{'>' if right else ''}", many


def _inside(writer: Writer, pattern: Pattern) -> tuple[str, bool]:
    name = ""
    if writer.token.kind is TokenKind.NAME:
        name = writer.name("a relation")
        pattern.names.append(name)
    types = [_type(writer)] if writer.accepts(":") else list(TYPES)
    while writer.accepts("|"):
        writer.accepts(":")
        types.append(_type(writer))
    many = writer.accepts("*")
    hops = _hops(writer) if many else ""
    if many and name:
        raise writer.error("A relation of several hops cannot be named: name the path instead.")
    if writer.token.says("{"):
        raise writer.error("Relations have no properties to ask for.")
    return f"{variable(name) if name else ''}:{'|'.join(types)}{hops}", many


def _hops(writer: Writer) -> str:
    least = _count(writer) if writer.token.kind is TokenKind.NUMBER else 1
    most: int | None = least
    if writer.accepts(".."):
        most = _count(writer) if writer.token.kind is TokenKind.NUMBER else None
    elif writer.ahead(-1).says("*"):
        most = None
    if most is None or not 1 <= least <= most <= MOST_HOPS:
        raise writer.error(f"Say how many hops, from 1 to {MOST_HOPS}: *1..{MOST_HOPS}.")
    return f"*{least}..{most}"


def _count(writer: Writer) -> int:
    digits = writer.take().text
    return int(digits) if len(digits) < 10 else 10**9


def _type(writer: Writer) -> str:
    name = writer.token.text
    if name == "SIMILAR_TO":
        raise writer.error("SIMILAR_TO leads to other people: ask /graph/similar, which tells of ten and more.")
    if name not in TYPES:
        raise writer.error(f"There is no relation {writer.token}. There are: {', '.join(TYPES)}.")
    return writer.take().text


def _label(writer: Writer) -> str:
    if writer.token.text not in LABELS:
        raise writer.error(f"There is no label {writer.token}. There are: {', '.join(sorted(LABELS))}.")
    return writer.take().text


def read_label(writer: Writer) -> str:
    """A label where a condition asks for one."""
    return _label(writer)


def read_property(writer: Writer) -> str:
    """The name of a property that nodes may have."""
    if writer.token.kind is not TokenKind.NAME or writer.token.text not in PROPERTIES:
        raise writer.error(f"There is no property {writer.token}. There are: {', '.join(sorted(PROPERTIES))}.")
    return writer.take().text


def _properties(writer: Writer) -> list[str]:
    found: list[str] = []
    if not writer.accepts("{"):
        return found
    while True:
        name = read_property(writer)
        writer.expect(":", "after a property's name")
        found.append(f"{name}: {_value(writer)}")
        if not writer.accepts(","):
            break
    writer.expect("}", "after a node's properties")
    return found


def _value(writer: Writer) -> str:
    token = writer.token
    if token.kind is TokenKind.STRING:
        return writer.literal(writer.take().text)
    if token.kind is TokenKind.PARAMETER:
        return writer.parameter()
    negative = writer.accepts("-")
    if writer.token.kind is TokenKind.NUMBER:
        return read_number(writer, negative=negative)
    raise writer.error("A property in a pattern is a string, a whole number or a parameter.")


def read_number(writer: Writer, *, negative: bool = False) -> str:
    """A whole number of 64 bits."""
    value = int(writer.token.text) if len(writer.token.text) < 20 else 2**64
    if value >= 2**63:
        raise writer.error("Numbers have 64 bits.")
    writer.take()
    return f"-{value}" if negative else str(value)
