"""The words the planner knows, read from TOML beside it: categories, banks, account types, payees, stopwords."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

from agents.models.offline.text import any_of


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Phrases in lower case mapped to what they mean, and one pattern per kind, longest phrase first."""

    categories: Mapping[str, str]
    category_names: Mapping[str, str]
    institutions: Mapping[str, str]
    account_types: Mapping[str, str]
    institution_aliases: Mapping[str, tuple[str, ...]]
    stopwords: frozenset[str]
    acronyms: frozenset[str]
    category_pattern: re.Pattern[str]
    institution_pattern: re.Pattern[str]
    account_type_pattern: re.Pattern[str]
    merchant_pattern: re.Pattern[str]
    merchants: tuple[str, ...]
    narrow_pattern: re.Pattern[str]
    income_part_pattern: re.Pattern[str]

    def category(self, phrase: str) -> str | None:
        """The category a phrase names, in the singular or with an -s."""
        return self.categories.get(phrase) or self.categories.get(phrase.removesuffix("s"))


@cache
def lexicon() -> Lexicon:
    """The lexicon, read once."""
    categories, names = _read("categories"), _read("names")
    accounts, payees = _read("accounts"), _read("payees")
    by_category = _inverted(categories) | {name: name for name in categories}
    apart = _table(names, "no_category")
    by_category |= dict.fromkeys(strings(apart["phrases"]), "")
    by_category |= {f"{one} {pay}": "" for one in strings(apart["paid"]) for pay in strings(apart["pay"])}
    institutions = _inverted(_table(accounts, "institutions"))
    types = _inverted(_table(accounts, "types"))
    return Lexicon(
        categories=by_category,
        category_names={key: str(value) for key, value in _table(names, "category_names").items()},
        institutions=institutions,
        account_types=types,
        institution_aliases={
            name: tuple(alias for alias, owner in institutions.items() if owner == name)
            for name in _table(accounts, "institutions")
        },
        stopwords=frozenset(str(payees["stopwords"]).split()),
        acronyms=frozenset(strings(_table(names, "acronyms")["words"])),
        category_pattern=_longest_first(by_category, plural=True),
        institution_pattern=_longest_first(institutions),
        account_type_pattern=_longest_first(types),
        merchant_pattern=_any_phrase(payees["merchants"]),
        merchants=tuple(strings(payees["merchants"])),
        narrow_pattern=_any_phrase(_table(names, "narrow")["words"]),
        income_part_pattern=_any_phrase(_table(names, "narrow")["income"]),
    )


def read_words(name: str) -> Mapping[str, Mapping[str, object]]:
    """A file of tables beside this module, e.g. `hinglish`."""
    data = _read(name)
    return {key: _table(data, key) for key in data}


def word_list(name: str, table: str) -> tuple[str, ...]:
    """The words of a table that stand one after the other, e.g. the `people` of `people`."""
    return tuple(str(_table(_read(name), table)["words"]).split())


def read_phrases(name: str, table: str) -> Mapping[str, str]:
    """Each phrase of a table with what it stands for, e.g. the kinds of `goals`."""
    return _inverted(_table(_read(name), table))


def _read(name: str) -> dict[str, object]:
    source = resources.files("agents.models.offline") / "lexicon" / f"{name}.toml"
    return tomllib.loads(source.read_text(encoding="utf-8"))


def _table(data: Mapping[str, object], key: str) -> dict[str, object]:
    value = data[key]
    if not isinstance(value, dict):
        raise TypeError(f"The lexicon's '{key}' must be a table.")
    return value


def strings(value: object) -> list[str]:
    """A value of a table that has to be a list of phrases."""
    if not isinstance(value, list):
        raise TypeError("The lexicon's phrases must be lists.")
    return [str(one) for one in value]


def _inverted(table: Mapping[str, object]) -> dict[str, str]:
    return {phrase: key for key, phrases in table.items() for phrase in strings(phrases)}


def _any_phrase(value: object) -> re.Pattern[str]:
    return _longest_first(dict.fromkeys(strings(value), ""))


def _longest_first(phrases: Mapping[str, str], *, plural: bool = False) -> re.Pattern[str]:
    ordered = sorted(phrases, key=len, reverse=True)
    return any_of(*(re.escape(one) + ("s?" if plural else "") for one in ordered))
