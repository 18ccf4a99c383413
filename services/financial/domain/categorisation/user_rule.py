"""A rule that a person made: it wins over every default rule."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from services.financial.domain.categorisation.rule import Direction
from services.financial.domain.categorisation.text import words_of
from services.financial.domain.category import Category
from services.financial.domain.records.own_category import OwnCategoryRef
from services.shared.domain.errors import InvalidInputError
from services.shared.domain.money import Money

MAX_PATTERN_LENGTH: Final = 200


class RuleField(StrEnum):
    """What a rule looks at."""

    PAYEE = "payee"
    NARRATION = "narration"


class RuleMatch(StrEnum):
    """How the pattern must fit: anywhere (also inside a word), or the whole field."""

    CONTAINS = "contains"
    EQUALS = "equals"


@dataclass(frozen=True, slots=True, kw_only=True)
class UserRule:
    """Compared without regard to case and punctuation. Amounts are limits of the size, sign aside, both included.

    `own_category`, when the rule gives one, lies under `category`.
    """

    id: str
    field: RuleField
    match: RuleMatch
    pattern: str
    category: Category
    min_amount: Money | None = None
    max_amount: Money | None = None
    direction: Direction | None = None
    own_category: OwnCategoryRef | None = None

    def __post_init__(self) -> None:
        if not words_of(self.pattern):
            raise InvalidInputError("The pattern of a rule needs at least one letter or digit.")
        if len(self.pattern) > MAX_PATTERN_LENGTH:
            raise InvalidInputError(f"The pattern of a rule may have at most {MAX_PATTERN_LENGTH} characters.")
        limits = [limit for limit in (self.min_amount, self.max_amount) if limit is not None]
        if any(limit < Money.zero(limit.currency) for limit in limits):
            raise InvalidInputError("The amounts of a rule are sizes: give them without a minus sign.")
        if len(limits) == 2 and limits[1] < limits[0]:
            raise InvalidInputError("The smallest amount of a rule must not be above the largest.")

    @property
    def specificity(self) -> tuple[bool, int]:
        """Greater for the rule that says more: an exact match before a part, a long pattern before a short one."""
        return (self.match is RuleMatch.EQUALS, len("".join(words_of(self.pattern))))

    def fits_text(self, text: str) -> bool:
        """Whether the pattern fits the field's text, which is in the form of `comparable`."""
        pattern = comparable(self.pattern)
        return text == pattern if self.match is RuleMatch.EQUALS else pattern in text

    def fits_amount(self, amount: Money) -> bool:
        """Whether direction and limits fit a signed amount; a limit in another currency never fits."""
        if self.direction is not None and self.direction is not direction_of(amount):
            return False
        limits = [limit for limit in (self.min_amount, self.max_amount) if limit is not None]
        if any(limit.currency != amount.currency for limit in limits):
            return False
        size = abs(amount)
        return (self.min_amount is None or self.min_amount <= size) and (
            self.max_amount is None or size <= self.max_amount
        )


def comparable(text: str) -> str:
    """Upper-case words with single blanks between them."""
    return " ".join(words_of(text))


def direction_of(amount: Money) -> Direction:
    """A negative amount is a debit; zero counts as a credit."""
    return Direction.DEBIT if amount.amount < 0 else Direction.CREDIT
