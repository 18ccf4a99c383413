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
    """The bank whose whole name the text has, the longest one; empty when it names none."""
    words = " ".join(text.lower().split())
    found = [(len(phrase), name) for name, bank in _banks().items() for phrase in bank["words"] if phrase in words]
    return max(found, default=(0, ""))[1]


def bank_of_ifsc(code: str) -> str:
    """The bank of an IFSC or of its first four letters; empty for one that is not known."""
    return next((name for name, bank in _banks().items() if bank["ifsc"] == code[:4].upper()), "")
