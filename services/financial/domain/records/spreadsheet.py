"""Texts in cells that a spreadsheet must not take for formulas.

Source: OWASP, "CSV Injection". A text that begins with one of its characters gets an apostrophe before it, which
spreadsheets take for "this is text". So does a text that begins with an apostrophe, so that it can be taken off again.
"""

from typing import Final

_DANGEROUS: Final = frozenset("=+-@\t\r\n＝＋－＠")
_GUARD: Final = "'"


def guard(text: str) -> str:
    """The text as it may stand in a cell."""
    return _GUARD + text if text[:1] in _DANGEROUS | {_GUARD} and text else text


def unguard(text: str) -> str:
    """The text that was guarded."""
    return text[1:] if text[:1] == _GUARD and text[1:2] in _DANGEROUS | {_GUARD} and text[1:] else text
