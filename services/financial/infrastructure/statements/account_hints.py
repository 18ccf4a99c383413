"""What the lines above a table tell of the account; never more than the last four digits of a number."""

from __future__ import annotations

import re

from services.financial.domain.account import AccountType
from services.financial.domain.statement import AccountHint
from services.financial.infrastructure.statements.banks import bank_named_in

_NUMBER = re.compile(
    r"(?:account|a/c|acct|card)\s*(?:no|num|number|#)?\.?\s*[:,;|\t\"' ]*\s*[_=\"']*([\dXx*][\dXx* \-]{2,30}\d)",
    re.IGNORECASE,
)
_MASKED_CARD = re.compile(r"(?<!\w)[\dXx*]{4}[\s-]?[Xx*]{4}[\s-]?[Xx*]{4}[\s-]?(\d{4})(?!\w)")
_CURRENT = re.compile(
    r"\b(?:current\s+(?:a/c|account)|account\s+type\W+current|cash\s+credit|regular\s+ca\b)", re.IGNORECASE
)
_CARD = re.compile(r"\bcredit\s*card\b", re.IGNORECASE)


def masked(number: str) -> str | None:
    """An account or card number as XXXX and its last four digits; None when it has no digits that tell anything."""
    digits = "".join(char for char in number if char.isascii() and char.isdigit())[-4:]
    return f"XXXX{digits}" if len(digits) == 4 and digits.strip("0") else None


def account_number(preamble: str) -> str | None:
    """The account's masked number where the preamble has one."""
    if card := _MASKED_CARD.search(preamble):
        return f"XXXX{card[1]}"
    found = _NUMBER.search(preamble)
    return masked(found[1]) if found else None


def account_type(preamble: str, usual: AccountType) -> AccountType:
    """Current account or card where the preamble says so, otherwise the layout's usual type."""
    if _CURRENT.search(preamble):
        return AccountType.CURRENT
    return AccountType.CREDIT_CARD if _CARD.search(preamble) else usual


def hint_from(preamble: str, institution: str, usual: AccountType) -> AccountHint | None:
    """The hint for a layout; None when neither the bank nor a number is known."""
    number = account_number(preamble)
    bank = institution or bank_named_in(preamble)
    if not bank and not number:
        return None
    return AccountHint(bank, account_type(preamble, usual), number)
