"""Tools over a person's own rules for categories."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from pydantic import Field

from services.financial.application.add_category_rule import AddCategoryRuleRequest
from services.financial.application.category_rule_views import CategoryRulesView, CategoryRuleView
from services.financial.application.change_category_rule import CategoryRuleChanges, ChangeCategoryRuleRequest
from services.financial.application.delete_category_rule import DeleteCategoryRuleRequest
from services.financial.application.list_category_rules import ListCategoryRulesRequest
from services.financial.application.use_cases import FinancialUseCases
from services.financial.domain.categorisation import RuleField, RuleMatch
from services.financial.domain.categorisation.rule import Direction
from services.financial.domain.errors import CategoryRuleNotFoundError
from services.financial.domain.ids import CategoryRuleId
from services.shared.domain.identity import Identity
from services.shared.domain.written import written
from tools.arguments import Amount, CategoryName
from tools.profile import NoArguments
from tools.record_previews import RecordPreviews
from tools.records import OwnCategoryName
from tools.tool import Cost, Preview, Tool, ToolArguments
from tools.writes import finance_write


class RuleArguments(ToolArguments):
    """Which transactions the rule is for, and their category."""

    pattern: str = Field(min_length=1, max_length=200, description="words found in the payee or narration")
    category: CategoryName = None
    own_category: OwnCategoryName = None
    field: RuleField = RuleField.PAYEE
    match: RuleMatch = RuleMatch.CONTAINS
    direction: Direction | None = None
    min_amount: Amount | None = Field(default=None, description="smallest size, whatever the sign")
    max_amount: Amount | None = Field(default=None, description="largest size, whatever the sign")


class WhichRuleArguments(ToolArguments):
    """One rule."""

    rule_id: UUID = Field(description="rule_id from list_category_rules")


class ChangeRuleArguments(WhichRuleArguments):
    """One rule, and what of it shall be different; what is not given stays."""

    pattern: str | None = Field(default=None, min_length=1, max_length=200)
    category: CategoryName = None
    own_category: OwnCategoryName = None
    field: RuleField | None = None
    match: RuleMatch | None = None
    direction: Direction | None = None
    min_amount: Amount | None = None
    max_amount: Amount | None = None


def category_rule_tools(finance: FinancialUseCases) -> list[Tool[Any]]:
    """Tools over rules; every write waits for the person's approval."""
    runs = _Runs(finance)
    return [
        Tool(
            name="list_category_rules",
            description="The person's own rules for categories, newest first.",
            scope="finance:read",
            arguments=NoArguments,
            run=runs.rules,
        ),
        finance_write(
            "add_category_rule",
            "Make a rule: what matches gets a category, on record and from now on.",
            RuleArguments,
            runs.add,
            runs.preview_add,
            cost=Cost.HIGH,
        ),
        finance_write(
            "change_category_rule",
            "Change a rule; what it had categorised, and what it matches now, follows.",
            ChangeRuleArguments,
            runs.change,
            runs.preview_change,
            cost=Cost.HIGH,
        ),
        finance_write(
            "delete_category_rule",
            "Forget a rule; what it had categorised follows the other rules.",
            WhichRuleArguments,
            runs.delete,
            runs.preview_delete,
            cost=Cost.HIGH,
        ),
    ]


class _Runs:
    def __init__(self, finance: FinancialUseCases) -> None:
        self._finance = finance
        self._records = RecordPreviews(finance)

    async def rules(self, identity: Identity, _: NoArguments) -> CategoryRulesView:
        return await self._finance.list_category_rules(ListCategoryRulesRequest(user_id=identity.user_id))

    async def add(self, identity: Identity, wanted: RuleArguments) -> CategoryRuleView:
        return await self._finance.add_category_rule(await self._new(identity, wanted, dry_run=False))

    async def preview_add(self, identity: Identity, wanted: RuleArguments) -> Preview:
        await self._records.category(identity, wanted.category, wanted.own_category)
        tried = await self._finance.add_category_rule(await self._new(identity, wanted, dry_run=True))
        return Preview(f"Put every transaction {_in_words(tried)}.", _changes(tried))

    async def change(self, identity: Identity, wanted: ChangeRuleArguments) -> CategoryRuleView:
        return await self._finance.change_category_rule(await self._changed(identity, wanted, dry_run=False))

    async def preview_change(self, identity: Identity, wanted: ChangeRuleArguments) -> Preview:
        now = await self._rule(identity, wanted)
        tried = await self._finance.change_category_rule(await self._changed(identity, wanted, dry_run=True))
        return Preview(
            f"From now on put every transaction {_in_words(tried)}.", (("Until now", _in_words(now)), *_changes(tried))
        )

    async def delete(self, identity: Identity, wanted: WhichRuleArguments) -> CategoryRuleView:
        return await self._finance.delete_category_rule(self._gone(identity, wanted, dry_run=False))

    async def preview_delete(self, identity: Identity, wanted: WhichRuleArguments) -> Preview:
        tried = await self._finance.delete_category_rule(self._gone(identity, wanted, dry_run=True))
        return Preview(f"Forget the rule that puts every transaction {_in_words(tried)}.", _changes(tried))

    def _gone(self, identity: Identity, wanted: WhichRuleArguments, *, dry_run: bool) -> DeleteCategoryRuleRequest:
        rule_id = CategoryRuleId(wanted.rule_id)
        return DeleteCategoryRuleRequest(user_id=identity.user_id, rule_id=rule_id, dry_run=dry_run)

    async def _rule(self, identity: Identity, wanted: WhichRuleArguments) -> CategoryRuleView:
        for rule in (await self.rules(identity, NoArguments())).rules:
            if rule.rule_id == wanted.rule_id:
                return rule
        raise CategoryRuleNotFoundError

    async def _new(self, identity: Identity, wanted: RuleArguments, *, dry_run: bool) -> AddCategoryRuleRequest:
        return AddCategoryRuleRequest(dry_run=dry_run, **await self._asked(identity, wanted))

    async def _changed(
        self, identity: Identity, wanted: ChangeRuleArguments, *, dry_run: bool
    ) -> ChangeCategoryRuleRequest:
        changes = CategoryRuleChanges(dry_run=dry_run, **await self._asked(identity, wanted))
        return ChangeCategoryRuleRequest(rule_id=CategoryRuleId(wanted.rule_id), wanted=changes)

    async def _asked(self, identity: Identity, wanted: RuleArguments | ChangeRuleArguments) -> dict[str, Any]:
        """What a new rule and a changed one are made of, by the names of both requests."""
        own_category_id = await self._records.own_category(identity, wanted.own_category)
        given = wanted.model_dump(exclude={"rule_id", "own_category"})
        return {"user_id": identity.user_id, "own_category_id": own_category_id, **given}


def _in_words(rule: CategoryRuleView) -> str:
    conditions = [f"whose {rule.field} {rule.match} '{rule.pattern}'"]
    if rule.direction is not None:
        conditions.append(f"that is a {rule.direction}")
    for words, limit in (("from", rule.min_amount), ("up to", rule.max_amount)):
        if limit is not None and rule.currency is not None:
            conditions.append(f"{words} {written(limit, rule.currency)}")
    return f"{' '.join(conditions)} under {rule.own_category or rule.category}"


def _changes(tried: CategoryRuleView) -> tuple[tuple[str, str], ...]:
    return (("Transactions on record that change", str(tried.recategorised or 0)),)
