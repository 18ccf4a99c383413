"""Command: make a rule of one's own for categories."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from services.financial.application.category_rule_views import CategoryRuleView, category_rule_view
from services.financial.application.meaning import own_categoriser, recategorise
from services.financial.domain.account import Account
from services.financial.domain.categorisation import Categoriser, RuleField, RuleMatch, RuleSet
from services.financial.domain.categorisation.rule import Direction
from services.financial.domain.category import Category
from services.financial.domain.category_rule import MAX_RULES, CategoryRule
from services.financial.domain.errors import OwnCategoryNotFoundError
from services.financial.domain.events import CategoryRuleAdded
from services.financial.domain.ids import OwnCategoryId
from services.financial.domain.records.own_category import OwnCategoryRef
from services.financial.domain.repositories import FinancialUnitOfWork, UnitOfWorkFactory
from services.financial.domain.transaction import CategorySource, Transaction
from services.shared.domain.errors import ConflictError, InvalidInputError
from services.shared.domain.ids import AccountId, UserId
from services.shared.domain.money import Money


@dataclass(frozen=True, slots=True, kw_only=True)
class AddCategoryRuleRequest:
    """The rule's conditions and its category; see UserRule. The limits are in `currency`.

    `own_category_id` needs no category. With `dry_run` nothing is kept, and the answer counts what would change.
    """

    user_id: UserId
    pattern: str
    category: Category | None = None
    own_category_id: OwnCategoryId | None = None
    field: RuleField = RuleField.PAYEE
    match: RuleMatch = RuleMatch.CONTAINS
    min_amount: Decimal | None = None
    max_amount: Decimal | None = None
    currency: str = "INR"
    direction: Direction | None = None
    dry_run: bool = False


class AddCategoryRule:
    """Keeps the rule and applies it at once to what is on record.

    Transactions whose category the person has set, and legs of transfers, keep theirs.
    """

    def __init__(self, unit_of_work: UnitOfWorkFactory, rules: RuleSet) -> None:
        self._unit_of_work = unit_of_work
        self._rules = rules

    async def __call__(self, request: AddCategoryRuleRequest) -> CategoryRuleView:
        """Keep the rule; the answer counts the transactions that changed."""
        async with self._unit_of_work() as unit:
            own = {account.id: account for account in await unit.accounts.lock_all(request.user_id)}
            record = await new_rule(unit, request)
            existing = await unit.category_rules.list(request.user_id)
            if len(existing) >= MAX_RULES:
                raise ConflictError(f"You have {len(existing)} category rules, and {MAX_RULES} is the most.")
            await unit.category_rules.add(record)
            changed = await apply_rule(unit, record, own, self._rules)
            unit.record(
                CategoryRuleAdded(
                    user_id=record.user_id,
                    rule_id=record.id,
                    category=record.rule.category,
                    recategorised=len(changed),
                )
            )
            if not request.dry_run:
                await unit.commit()
        return category_rule_view(record, len(changed))


async def apply_rule(
    unit: FinancialUnitOfWork,
    record: CategoryRule,
    own: dict[AccountId, Account],
    rules: RuleSet,
    besides: Sequence[Transaction] = (),
) -> list[Transaction]:
    """Categorise anew what the rule may match, and what stands `besides`; the answer is what changed."""
    words = record.rule.pattern.split()
    matching = await unit.transactions.having_words(record.user_id, record.rule.field, words)
    candidates = list({one.id: one for one in (*besides, *matching)}.values())
    categoriser = await own_categoriser(unit, record.user_id, rules)
    changed = await asyncio.to_thread(changed_by_rules, candidates, categoriser, own)
    await unit.transactions.save_categories(changed)
    return changed


async def new_rule(unit: FinancialUnitOfWork, request: AddCategoryRuleRequest) -> CategoryRule:
    """The rule that is asked for, not kept yet."""
    return _record(request, *await _meant(unit, request))


def changed_by_rules(
    candidates: list[Transaction], categoriser: Categoriser, own: dict[AccountId, Account]
) -> list[Transaction]:
    """Those candidates, as they shall be, whose category the rules now see differently."""
    free = (t for t in candidates if t.category_source is not CategorySource.USER and t.transfer_pair_id is None)
    pairs = ((before, recategorise(before, categoriser, own[before.account_id])) for before in free)
    return [after for before, after in pairs if after != before]


async def _meant(unit: FinancialUnitOfWork, request: AddCategoryRuleRequest) -> tuple[Category, OwnCategoryRef | None]:
    if request.own_category_id is not None:
        own = await unit.own_categories.get(request.user_id, request.own_category_id)
        if own is None:
            raise OwnCategoryNotFoundError
        if request.category is None or request.category is own.parent:
            return own.parent, own.ref
    elif request.category is not None:
        return request.category, None
    raise InvalidInputError("Give the rule a category, built-in or your own.", extra={"field": "category"})


def _record(request: AddCategoryRuleRequest, category: Category, own: OwnCategoryRef | None) -> CategoryRule:
    def limit(amount: Decimal | None) -> Money | None:
        return None if amount is None else Money(amount, request.currency)

    return CategoryRule.create(
        user_id=request.user_id,
        field=request.field,
        match=request.match,
        pattern=request.pattern,
        category=category,
        own_category=own,
        min_amount=limit(request.min_amount),
        max_amount=limit(request.max_amount),
        direction=request.direction,
    )
