"""The pool of merchants and names that every invented household draws from."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from types import MappingProxyType
from typing import Any


@dataclass(frozen=True, slots=True)
class Merchant:
    """A merchant or biller; `low` and `high` are usual amounts in whole rupees, `via` the ways people pay it."""

    name: str
    category: str
    low: int
    high: int
    via: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Pool:
    """Merchants by group (a group is a category, or a kind of bill), names of people and employers, cities.

    `cities` maps each city to the company that sends its electricity bills.
    """

    merchants: Mapping[str, tuple[Merchant, ...]]
    first_names: tuple[str, ...]
    last_names: tuple[str, ...]
    employers: tuple[str, ...]
    cities: Mapping[str, str]

    def named(self, group: str, name: str) -> Merchant:
        """The merchant of that name in the group."""
        return next(merchant for merchant in self.merchants[group] if merchant.name == name)


# Groups that are not named after the category of their payments.
_CATEGORY_OF_GROUP = {
    "electricity": "utilities",
    "telecom": "utilities",
    "gas": "utilities",
    "broadband": "utilities",
    "schools": "education",
    "big_purchases": "shopping",
}


@cache
def load_pool() -> Pool:
    """The pool, read once from `merchants.toml`."""
    source = resources.files(__package__).joinpath("merchants.toml")
    data: dict[str, Any] = tomllib.loads(source.read_text(encoding="utf-8"))
    groups = {name: entries for name, entries in data.items() if isinstance(entries, list)}
    merchants = {group: tuple(_merchant(group, entry) for entry in entries) for group, entries in groups.items()}
    return Pool(
        MappingProxyType(merchants),
        tuple(data["people"]["first"]),
        tuple(data["people"]["last"]),
        tuple(data["employers"]["names"]),
        MappingProxyType(dict(data["cities"])),
    )


def _merchant(group: str, entry: Mapping[str, Any]) -> Merchant:
    category = _CATEGORY_OF_GROUP.get(group, group)
    return Merchant(str(entry["name"]), category, int(entry["low"]), int(entry["high"]), tuple(entry["via"]))
