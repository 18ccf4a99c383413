"""Which category a transaction belongs to: default rules in data, and the person's own rules before them."""

from services.financial.domain.categorisation.categoriser import Categorised, Categoriser, Uncategorised
from services.financial.domain.categorisation.rule_set import RuleSet, load_default_rules
from services.financial.domain.categorisation.user_rule import RuleField, RuleMatch, UserRule

__all__ = [
    "Categorised",
    "Categoriser",
    "RuleField",
    "RuleMatch",
    "RuleSet",
    "Uncategorised",
    "UserRule",
    "load_default_rules",
]
