"""The form in which rules and narrations are compared."""

import re

_APOSTROPHE = re.compile(r"['’`]")
_SEPARATORS = re.compile(r"[^A-Z0-9]+")
COMPANY_FORMS = frozenset(
    {"PVT", "PRIVATE", "LTD", "LIMITED", "LLP", "INDIA", "INC", "CO", "COMPANY", "P", "OPC", "PTE"}
)

INITIAL = "P"


def words_of(text: str) -> list[str]:
    """Upper-case words; punctuation separates, apostrophes vanish (DOMINO'S is DOMINOS), digits stay."""
    return _SEPARATORS.sub(" ", _APOSTROPHE.sub("", text.upper())).split()


def without_company_form(words: list[str]) -> list[str]:
    """Drop PVT LTD, INDIA and the like from the end, but never the whole name."""
    end = len(words)
    while end > 1 and words[end - 1] in COMPANY_FORMS:
        end -= 1
    return words[:end]


def same_name(name: str) -> str:
    """What the spellings of one name have in common: case, punctuation, blanks and PVT LTD aside.

    A P at the end is kept: it is an initial more often than PRIVATE.
    """
    words = words_of(name)
    return "".join(words if words[-1:] == [INITIAL] else without_company_form(words)) or name.casefold()
