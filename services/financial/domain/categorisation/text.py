"""The form in which rules and narrations are compared."""

import re

_APOSTROPHE = re.compile(r"['’`]")
_SEPARATORS = re.compile(r"[^A-Z0-9]+")
_COMPANY_FORMS = frozenset(
    {"PVT", "PRIVATE", "LTD", "LIMITED", "LLP", "INDIA", "INC", "CO", "COMPANY", "P", "OPC", "PTE"}
)


def words_of(text: str) -> list[str]:
    """Upper-case words; punctuation separates, apostrophes vanish (DOMINO'S is DOMINOS), digits stay."""
    return _SEPARATORS.sub(" ", _APOSTROPHE.sub("", text.upper())).split()


def without_company_form(words: list[str]) -> list[str]:
    """Drop PVT LTD, INDIA and the like from the end, but never the whole name."""
    end = len(words)
    while end > 1 and words[end - 1] in _COMPANY_FORMS:
        end -= 1
    return words[:end]
