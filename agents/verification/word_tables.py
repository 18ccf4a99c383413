"""The tables of number words, by language or by kind."""

from __future__ import annotations

import tomllib
import unicodedata
from importlib.resources import files
from typing import Any

Languages = dict[str, dict[str, str]]


def load(name: str) -> dict[str, Any]:
    """The table, in the one form of what can be composed that words are read in."""
    return tomllib.loads(unicodedata.normalize("NFC", (files("agents.verification") / name).read_text("utf-8")))


def listed(languages: Languages, key: str) -> frozenset[str]:
    """The words that any of the languages has under the key."""
    return frozenset(word for language in languages.values() for word in language.get(key, "").split())
