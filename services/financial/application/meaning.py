"""Giving transactions their payee and category."""

from __future__ import annotations

from dataclasses import replace

from services.financial.domain.account import Account
from services.financial.domain.categorisation import Categorised, Categoriser, RuleSet, Uncategorised
from services.financial.domain.payee import extract_payee
from services.financial.domain.repositories import FinancialUnitOfWork
from services.financial.domain.transaction import CategorySource, Transaction
from services.shared.domain.ids import UserId
from services.shared.domain.money import Money


async def own_categoriser(unit: FinancialUnitOfWork, user_id: UserId, rules: RuleSet) -> Categoriser:
    """The default rules, and the person's own before them."""
    return Categoriser(rules, [record.rule for record in await unit.category_rules.list(user_id)])


def payee_of(narration: str, account: Account) -> str:
    """Whom the line is about; the narration itself when it names nobody."""
    return extract_payee(narration, account.institution) or narration


def category_of(categoriser: Categoriser, account: Account, narration: str, payee: str, amount: Money) -> Categorised:
    """What the rules say of a line on this account."""
    return categoriser.categorise(Uncategorised(narration, payee, amount, account.account_type))


def recategorise(transaction: Transaction, categoriser: Categoriser, account: Account) -> Transaction:
    """The transaction as the rules see it by itself, in no pair."""
    said = category_of(categoriser, account, transaction.narration, transaction.payee, transaction.amount)
    return replace(
        transaction,
        category=said.category,
        category_source=CategorySource(said.source),
        rule_id=said.rule_id,
        own_category=said.own_category,
        transfer_pair_id=None,
    )
