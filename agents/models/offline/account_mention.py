"""Which of the person's accounts a question speaks of, and which account on record that is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from agents.models.offline.lexicon import lexicon
from agents.models.offline.results import Payload
from agents.models.offline.text import MASK

_AFTER_BANK: Final = re.compile(
    r"\s*(?:bank\b\s*)?(?P<type>(?:savings?|current|salary|joint|credit|debit)?\s*(?:accounts?|a/c|cards?|bank))\b"
)
_BEFORE_BANK: Final = re.compile(
    r"\b(?:my|our|in|from|on|with|to|of|into|via|and|compare|between|the|or|than|vs\.?|versus)\s+$"
)
_NAMED: Final = re.compile(r"\bmy\s+(?P<name>(?!bank\b|own\b)[\w]+(?:\s+[\w]+)?)\s+(?:account|a/c)\b")
# Beside an account that is named: "card vs account", "on the card or from savings".
_ANOTHER: Final = re.compile(
    r"\b(?:vs\.?|versus|and|or|than|against|to|with|aur|ya) (?:(?:on|from|in|with|by|via|my|the|how much|through) )*"
    r"(?:bank(?: account)?s?|accounts?|savings(?! rate)|cards?|upi)\b|"
    r"\b(?:bank(?: account)?s?|accounts?|savings|cards?|upi) (?:how much )?(?:vs\.?|versus|and|or|than|against) "
)
# A bank set beside the account that was found and is blanked.
_JOINED_TO: Final = re.compile(rf"\s*(?:,|or|and|vs\.?|versus|than|&)\s*(?:in |my |the )*{MASK}")
_PLAIN_TYPE: Final = re.compile(r"(?:\b(?:my|the|on|by|from|a|via|in|with|each|per)\s+|^|\band\s+)$")


@dataclass(frozen=True, slots=True)
class AccountMention:
    """What was said of an account: a bank, a type, a name of the person's own. `said` is for the answer."""

    said: str
    institution: str | None = None
    account_type: str | None = None
    name: str | None = None

    def matches(self, account: Payload) -> bool:
        """Whether an account of `list_accounts` can be the one meant."""
        label = f"{account.text('name')} {account.text('institution')}".lower()
        aliases = lexicon().institution_aliases.get(self.institution or "", ())
        return (
            (self.account_type is None or account.text("account_type") == self.account_type)
            and (self.institution is None or any(re.search(rf"\b{re.escape(one)}\b", label) for one in aliases))
            and (self.name is None or self.name in label)
        )


def find_account(text: str, cased: str) -> tuple[AccountMention | None, list[tuple[int, int]]]:
    """The account mentioned in lower-case `text`, if any, and the spans that say so. `cased` is as it was typed."""
    bank = _bank(text, cased)
    if bank:
        start, end, institution = bank
        following = _AFTER_BANK.match(text, end)
        account_type = _type_of(following["type"]) if following else None
        end = following.end() if following else end
        return AccountMention(cased[start:end], institution, account_type), [(start, end)]
    return _by_type(text, cased) or _by_name(text, cased) or (None, [])


def another_by_kind(text: str) -> list[tuple[int, int]]:
    """Where `text`, in which the account that was found is blanked, sets it beside an account by its kind alone."""
    spans = [match.span() for match in _ANOTHER.finditer(text)]
    banks = [match.span() for match in lexicon().institution_pattern.finditer(text)]
    return spans + [one for one in banks if _JOINED_TO.match(text, one[1])]


def _bank(text: str, cased: str) -> tuple[int, int, str] | None:
    for match in lexicon().institution_pattern.finditer(text):
        following = _AFTER_BANK.match(text, match.end())
        before = _BEFORE_BANK.search(text[: match.start()])
        rest = cased[match.end() :].lstrip()
        payee_follows = bool(
            rest[:1].isupper() or re.match(r"(?:life|ergo|prudential|lombard|securities|direct)\b", rest)
        )
        alone = not text[: match.start()].strip() or not rest.strip(" ?.!")
        if following or ((before or alone) and not payee_follows) or re.match(r"(?:'s)? ?balance", rest):
            return match.start(), match.end(), lexicon().institutions[match[0]]
    return None


def _type_of(words: str) -> str | None:
    if "card" in words:
        return "savings" if "debit" in words else "credit_card"
    if words.startswith("saving"):
        return "savings"
    return "current" if words.startswith("current") else None


def _by_type(text: str, cased: str) -> tuple[AccountMention, list[tuple[int, int]]] | None:
    for match in lexicon().account_type_pattern.finditer(text):
        if " " in match[0] or _PLAIN_TYPE.search(text[: match.start()]):
            if re.match(r"\s+(?:bill|payments?|dues)\b", text[match.end() :]):
                continue
            kind = lexicon().account_types[match[0]]
            return AccountMention(cased[match.start() : match.end()], account_type=kind), [match.span()]
    return None


def _by_name(text: str, cased: str) -> tuple[AccountMention, list[tuple[int, int]]] | None:
    match = _NAMED.search(text)
    if not match:
        return None
    return AccountMention(cased[match.start("name") : match.end()], name=match["name"]), [match.span()]


def matching_accounts(mention: AccountMention, accounts: Sequence[Payload]) -> list[Payload]:
    """The accounts on record that the mention can mean."""
    return [account for account in accounts if mention.matches(account)]
