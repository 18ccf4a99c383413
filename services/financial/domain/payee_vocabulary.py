"""The words and layouts that payee extraction knows, read once from the data files beside this module."""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources

from services.financial.domain.payee_narration import Channel


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Compiled layouts and word lists; every word is in the form that `plain` gives."""

    card_payment: re.Pattern[str]
    system_charge: re.Pattern[str]
    bank_lines: tuple[tuple[Channel, re.Pattern[str]], ...]
    starts: tuple[tuple[Channel, re.Pattern[str]], ...]
    flags: frozenset[str]
    fillers: frozenset[str]
    banks: frozenset[str]
    salutation: re.Pattern[str]
    card_tails: tuple[str, ...]
    gateways: frozenset[str]
    cities: frozenset[tuple[str, ...]]
    countries: frozenset[str]
    states: frozenset[str]


_PUNCTUATION = re.compile(r"[^A-Z0-9]+")


def plain(text: str) -> str:
    """Upper case, every run of punctuation or blanks one space: the form in which words are compared."""
    return _PUNCTUATION.sub(" ", text.upper()).strip()


def _any_of(patterns: list[str]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns))


@cache
def vocabulary() -> Vocabulary:
    """The vocabulary of the package; broken data fails here, at first use."""
    package = resources.files("services.financial.domain")
    layouts = tomllib.loads(package.joinpath("payee_layouts.toml").read_text("utf-8"))
    places = tomllib.loads(package.joinpath("payee_places.toml").read_text("utf-8"))
    lines, words = layouts["bank_lines"], layouts["words"]
    ordered = ("interest", "tax", "charge", "atm", "cash")
    return Vocabulary(
        card_payment=_any_of(lines["card_payment"]),
        system_charge=_any_of(lines["system_charge"]),
        bank_lines=tuple((Channel(name), _any_of(lines[name])) for name in ordered),
        starts=tuple((Channel(name), re.compile(pattern)) for name, pattern in layouts["starts"].items()),
        flags=frozenset(words["flags"]),
        fillers=frozenset(words["fillers"]),
        banks=frozenset(words["banks"]),
        salutation=re.compile(rf"^(?:{'|'.join(words['salutations'])})[ .]+(?=\S)"),
        card_tails=tuple(words["card_tails"]),
        gateways=frozenset(words["gateways"]),
        cities=frozenset(tuple(city.split()) for city in places["cities"]),
        countries=frozenset(places["countries"]),
        states=frozenset(places["states"]),
    )
