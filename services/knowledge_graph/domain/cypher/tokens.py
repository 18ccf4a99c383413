"""From the text of a query to its tokens."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from services.knowledge_graph.domain.cypher.words import EOF_WORD, MOST_CHARACTERS
from services.knowledge_graph.domain.errors import CypherError


class TokenKind(StrEnum):
    """What a token is."""

    NAME = "name"
    STRING = "string"
    NUMBER = "number"
    PARAMETER = "parameter"
    SYMBOL = "symbol"
    END = "end"


@dataclass(frozen=True, slots=True)
class Token:
    """A token; `text` is the name, the string's content, the digits or the symbol."""

    kind: TokenKind
    text: str
    position: int

    def says(self, word: str) -> bool:
        """Whether it is this keyword, in any letter case, or this symbol."""
        if self.kind is TokenKind.NAME:
            return self.text.upper() == word
        return self.kind is TokenKind.SYMBOL and self.text == word

    def __str__(self) -> str:
        return EOF_WORD if self.kind is TokenKind.END else f"'{self.text}'"


_TOKEN: Final = re.compile(
    r"""(?P<space>[ \t\r\n]+)
    |(?P<name>[A-Za-z][A-Za-z0-9_]*)
    |(?P<number>[0-9]+(?![0-9A-Za-z_]|\.[0-9]))
    |\$(?P<parameter>[A-Za-z][A-Za-z0-9_]*)
    |'(?P<single>(?:[^'\\]|\\.)*)'
    |"(?P<double>(?:[^"\\]|\\.)*)"
    |(?P<symbol><>|<=|>=|\.\.|[-()\[\]{}:,.=<>+*/%|;])
    """,
    re.VERBOSE | re.ASCII | re.DOTALL,
)
_ESCAPE: Final = re.compile(r"\\(.)", re.DOTALL)
_ESCAPED: Final = {"n": "\n", "t": "\t", "r": "\r", "'": "'", '"': '"', "\\": "\\"}


def tokenize(text: str) -> list[Token]:
    """The tokens, an END last. CypherError for what is none: comments, backticks and fractions among others."""
    if len(text) > MOST_CHARACTERS:
        raise CypherError(f"A query may have {MOST_CHARACTERS} characters; this one has {len(text)}.")
    tokens: list[Token] = []
    at = 0
    while at < len(text):
        match = _TOKEN.match(text, at)
        if match is None or text.startswith(("//", "/*"), at):
            raise CypherError(f"'{text[at]}' at {at} begins nothing that may stand in a query.", at)
        if match.lastgroup != "space":
            tokens.append(_token(match, at))
        at = match.end()
    tokens.append(Token(TokenKind.END, "", len(text)))
    return tokens


def _token(match: re.Match[str], at: int) -> Token:
    group = match.lastgroup or ""
    value = match[group]
    if group in {"single", "double"}:
        return Token(TokenKind.STRING, _ESCAPE.sub(lambda escape: _unescape(escape, at), value), at)
    return Token(TokenKind(group), value, at)


def _unescape(escape: re.Match[str], at: int) -> str:
    if escape[1] not in _ESCAPED:
        raise CypherError(f"'\\{escape[1]}' in the string at {at} is no escape that is understood.", at)
    return _ESCAPED[escape[1]]
