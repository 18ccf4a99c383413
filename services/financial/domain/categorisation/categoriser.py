"""Gives transactions their category."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from services.financial.domain.categorisation.rule import Direction, Field, Rule, Tier
from services.financial.domain.categorisation.rule_set import Clues, RuleSet
from services.financial.domain.categorisation.user_rule import RuleField, UserRule, comparable, direction_of
from services.financial.domain.category import Category
from services.financial.domain.payee import read_narration
from services.financial.domain.records.own_category import OwnCategoryRef
from services.shared.domain.money import Money

# References differ in every line; with them blanked, lines of one payee share one decision.
_REFERENCE: Final = re.compile(r"\d{4,}")
_MEMO_LIMIT: Final = 50_000


@dataclass(frozen=True, slots=True)
class Uncategorised:
    """A transaction without a category. `amount` is signed; `account_type` is an account type such as `savings`."""

    narration: str
    payee: str
    amount: Money
    account_type: str


@dataclass(frozen=True, slots=True)
class Categorised:
    """The category, where it came from (`user_rule`, `rule` or `default`), and the rule that gave it."""

    category: Category
    source: str
    rule_id: str
    own_category: OwnCategoryRef | None = None


class Categoriser:
    """Applies the person's rules, the most specific first, then the default rules. Deterministic, without I/O."""

    def __init__(self, rules: RuleSet, user_rules: Sequence[UserRule] = ()) -> None:
        self._rules = rules
        self._user_rules = sorted(user_rules, key=lambda rule: rule.specificity, reverse=True)
        self._memo: dict[tuple[str, str, Direction, str, int], Rule] = {}

    def categorise(self, tx: Uncategorised) -> Categorised:
        """The category of one transaction; there always is one, `other` or `other_income` when nothing is known."""
        own = self._user_rule(tx)
        if own is not None:
            return Categorised(own.category, "user_rule", own.id, own.own_category)
        rule = self._default_rule(tx)
        return Categorised(rule.category, "default" if rule.tier is Tier.FALLBACK else "rule", rule.id)

    def _user_rule(self, tx: Uncategorised) -> UserRule | None:
        if not self._user_rules:
            return None
        texts = {RuleField.PAYEE: comparable(tx.payee), RuleField.NARRATION: comparable(tx.narration)}
        fitting = (rule for rule in self._user_rules if rule.fits_text(texts[rule.field]))
        return next((rule for rule in fitting if rule.fits_amount(tx.amount)), None)

    def _default_rule(self, tx: Uncategorised) -> Rule:
        direction = direction_of(tx.amount)
        size = self._rules.size_of(tx.amount)
        key = (_REFERENCE.sub("#", tx.narration), tx.payee, direction, tx.account_type, size)
        known = self._memo.get(key)
        if known is None:
            if len(self._memo) >= _MEMO_LIMIT:
                self._memo.clear()
            known = self._memo[key] = self._rules.classify(_clues(tx, direction, size))
        return known


def _clues(tx: Uncategorised, direction: Direction, size: int) -> Clues:
    line = read_narration(tx.narration)
    texts = ((Field.PAYEE, tx.payee), (Field.HANDLE, line.handle), (Field.NOTE, line.note))
    return Clues(tuple((place, text) for place, text in texts if text), direction, line.channel, tx.account_type, size)
