"""One default rule, as the data files state it."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum, StrEnum

from services.financial.domain.categorisation.text import words_of
from services.financial.domain.category import Category
from services.financial.domain.payee_narration import Channel
from services.shared.domain.errors import InvalidInputError


class Tier(IntEnum):
    """How strong a rule's evidence is; a lower number wins."""

    STRUCTURE = 0
    """The kind of line: an ATM withdrawal, interest, a charge, a payment of one's own card."""
    INTENT = 1
    """Words that say what the money was for, whoever got it: RENT, SALARY, EMI, SIP."""
    MERCHANT = 2
    """The name of a merchant, biller or lender."""
    WORD = 3
    """A word that tells the trade: KIRANA, DHABA, PHARMACY."""
    HINT = 4
    """Weak signs, used when nothing else speaks."""
    FALLBACK = 5
    """What is left."""


class Direction(StrEnum):
    """Out of the account or into it."""

    DEBIT = "debit"
    CREDIT = "credit"


class Field(IntEnum):
    """Where a phrase was found, the most telling first."""

    PAYEE = 0
    HANDLE = 1
    NOTE = 2


@dataclass(frozen=True, slots=True)
class Rule:
    """Conditions that must all hold, and the category they give; an empty condition always holds.

    A pattern is a phrase of whole words; `=` before it wants the whole field, `*` after it takes any ending. With one
    of the words `unless` anywhere in the line the rule does not hold.
    `priority` orders rules of one tier and field before the length of the phrase does. A rule with `over` has the last
    word instead: where the payee is a merchant of one of these categories. `min_rupees` is the least that it is about.
    """

    id: str
    category: Category
    tier: Tier
    patterns: tuple[str, ...] = ()
    direction: Direction | None = None
    channels: frozenset[Channel] = frozenset()
    account_types: frozenset[str] = frozenset()
    fields: frozenset[Field] = frozenset(Field)
    unless: frozenset[str] = frozenset()
    priority: int = 0
    over: frozenset[Category] = frozenset()
    min_rupees: int = 0

    def allows(self, direction: Direction, channel: Channel, account_type: str) -> bool:
        """Whether all but the words and the amount hold."""
        return (
            (self.direction is None or self.direction is direction)
            and (not self.channels or channel in self.channels)
            and (not self.account_types or account_type in self.account_types)
        )


_KEYS = frozenset(
    {
        "id", "category", "tier", "patterns", "direction", "channels", "account_types", "fields", "unless", "priority",
        "over", "min_rupees",
    }
)  # fmt: skip


def read_rule(table: Mapping[str, object], origin: str) -> Rule:
    """A rule from one table of a data file; `origin` names the file in errors."""
    rule_id = str(table.get("id", ""))
    where = f"Rule '{rule_id}' in {origin}"
    if unknown := set(table) - _KEYS:
        raise InvalidInputError(f"{where} has the unknown key '{min(unknown)}'. Use {', '.join(sorted(_KEYS))}.")
    if not rule_id:
        raise InvalidInputError(f"A rule in {origin} has no id. Give each rule one.")
    try:
        direction = table.get("direction")
        return Rule(
            id=rule_id,
            category=Category(str(table["category"])),
            tier=Tier[str(table["tier"]).upper()],
            patterns=_strings(table.get("patterns")),
            direction=Direction(str(direction)) if direction else None,
            channels=frozenset(Channel(name) for name in _strings(table.get("channels"))),
            account_types=frozenset(_strings(table.get("account_types"))),
            fields=frozenset(Field[name.upper()] for name in _strings(table.get("fields"))) or frozenset(Field),
            unless=frozenset(_words(table.get("unless"))),
            priority=int(str(table.get("priority", 0))),
            over=frozenset(Category(name) for name in _strings(table.get("over"))),
            min_rupees=int(str(table.get("min_rupees", 0))),
        )
    except (KeyError, ValueError) as error:
        raise InvalidInputError(f"{where} is not valid: {error}.") from error


def _strings(value: object) -> tuple[str, ...]:
    if value is None:
        return ()
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise ValueError(f"{value!r} is not a list of strings")
    return tuple(value)


def _words(value: object) -> tuple[str, ...]:
    words = _strings(value)
    for word in words:
        if words_of(word) != [word]:
            raise ValueError(f"'{word}' is not one word in capitals")
    return words
