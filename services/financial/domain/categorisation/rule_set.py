"""The default rules, and which of them a transaction falls under."""

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib import resources

from services.financial.domain.categorisation.phrase_index import PhraseIndex
from services.financial.domain.categorisation.rule import Direction, Field, Rule, Tier, read_rule
from services.financial.domain.categorisation.text import words_of
from services.financial.domain.payee_narration import Channel
from services.shared.domain.errors import InvalidInputError
from services.shared.domain.money import Money


@dataclass(frozen=True, slots=True)
class Clues:
    """What the rules look at."""

    texts: tuple[tuple[Field, str], ...]
    direction: Direction
    channel: Channel
    account_type: str
    size: int = 0
    """As `RuleSet.size_of` gives it."""


class RuleSet:
    """Rules with one answer for every transaction.

    Of the rules that hold, the winner is chosen by, in this order: structure before intent before everything
    else; payee before handle before note; merchant before word; hint, then fallback; the higher priority; the longer
    phrase; the rule that stands first. Then a rule that goes over a merchant may take its place.
    """

    def __init__(self, rules: Iterable[Rule]) -> None:
        self.rules = tuple(rules)
        self._order = {rule.id: position for position, rule in enumerate(self.rules)}
        if len(self._order) != len(self.rules):
            raise InvalidInputError("Two rules have the same id. Give each rule its own.")
        self._over = tuple(rule for rule in self.rules if rule.over)
        usual = tuple(rule for rule in self.rules if not rule.over)
        self._index = PhraseIndex.of(usual)
        self._index_over = PhraseIndex.of(self._over)
        self._unworded = tuple(rule for rule in usual if not rule.patterns)
        self._steps = sorted({rule.min_rupees for rule in self.rules if rule.min_rupees})
        for direction in Direction:
            if not any(rule.tier is Tier.FALLBACK and rule.direction in (None, direction) for rule in self._unworded):
                raise InvalidInputError(f"The rules have no fallback for a {direction}. Add one without patterns.")

    def classify(self, clues: Clues) -> Rule:
        """The winning rule; there always is one."""
        found = [(self._rank(rule, len(Field), 0), rule) for rule in self._unworded if self._allows(rule, clues)]
        for place, text in clues.texts:
            found += [
                (self._rank(hit.rule, place, hit.length), hit.rule)
                for hit in self._index.find(text, may_be_cut=place is Field.PAYEE)
                if place in hit.rule.fields and self._allows(hit.rule, clues)
            ]
        (_, where, *_), winner = min(found, key=lambda candidate: candidate[0])
        if where != Field.PAYEE or winner.tier is not Tier.MERCHANT:
            return winner
        return next((rule for rule in self._over if self._goes_over(winner, rule, clues)), winner)

    def size_of(self, amount: Money) -> int:
        """The largest amount that some rule begins at and that this comes up to, whatever its sign; 0 below them."""
        rupees = abs(amount.amount) if amount.currency == "INR" else 0
        return max((step for step in self._steps if step <= rupees), default=0)

    def _goes_over(self, winner: Rule, rule: Rule, clues: Clues) -> bool:
        holds = winner.category in rule.over and self._allows(rule, clues)
        return holds and (not rule.patterns or self._says(rule, clues))

    def _says(self, rule: Rule, clues: Clues) -> bool:
        texts = (text for place, text in clues.texts if place in rule.fields)
        return any(hit.rule is rule for text in texts for hit in self._index_over.find(text, may_be_cut=False))

    @staticmethod
    def _allows(rule: Rule, clues: Clues) -> bool:
        if clues.size < rule.min_rupees or not rule.allows(clues.direction, clues.channel, clues.account_type):
            return False
        # Nearly every rule has none: the line is not split into words for those.
        return not rule.unless or rule.unless.isdisjoint(word for _, text in clues.texts for word in words_of(text))

    def _rank(self, rule: Rule, place: int, length: int) -> tuple[int, int, int, int, int, int]:
        named = rule.tier in (Tier.MERCHANT, Tier.WORD)
        group = Tier.MERCHANT if named else rule.tier
        return (group, place, rule.tier, -rule.priority, -length, self._order[rule.id])


@cache
def load_default_rules() -> RuleSet:
    """The rules that the package brings, read once from `rules/*.toml` in the order of the file names."""
    folder = resources.files("services.financial.domain.categorisation") / "rules"
    files = sorted((entry for entry in folder.iterdir() if entry.name.endswith(".toml")), key=lambda entry: entry.name)
    return RuleSet(
        read_rule(table, entry.name) for entry in files for table in tomllib.loads(entry.read_text("utf-8"))["rules"]
    )
