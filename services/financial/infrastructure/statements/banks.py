"""The banks whose statements are read."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import TypedDict


class _Bank(TypedDict):
    ifsc: str
    words: list[str]


@cache
def _banks() -> Mapping[str, _Bank]:
    source = resources.files(__package__).joinpath("banks.toml")
    loaded: Mapping[str, _Bank] = tomllib.loads(source.read_text(encoding="utf-8"))
    return loaded


def bank_named_in(text: str) -> str:
    """The bank that the text names first; empty when it names none.

    A statement begins with its own, and may go on to the Reserve Bank of India or to whom money went.
    """
    words = " ".join(text.lower().split())
    found = [
        (words.index(phrase), name) for name, bank in _banks().items() for phrase in bank["words"] if phrase in words
    ]
    return min(found, default=(0, ""))[1]


def bank_of_ifsc(code: str) -> str:
    """The bank of an IFSC or of its first four letters; empty for one that is not known."""
    return next((name for name, bank in _banks().items() if bank["ifsc"] == code[:4].upper()), "")
