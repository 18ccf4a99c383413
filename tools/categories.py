"""Tools over categories: the person's own, and many transactions at once."""

from __future__ import annotations

from datetime import date
from typing import Any

from pydantic import Field

from services.financial.application.records.own_categories import AddCategoryRequest, ListCategoriesRequest
from services.financial.application.records.recategorise_transactions import RecategoriseTransactionsRequest
from services.financial.application.records.views import BulkTotalView, BulkView, CategoriesView, OwnCategoryView
from services.financial.application.transaction_views import require_searchable
from services.financial.application.use_cases import FinancialUseCases
from services.financial.domain.categorisation.rule import Direction
from services.financial.domain.category import Category
from services.financial.domain.filters import TransactionFilter
from services.financial.domain.records.history import Actor
from services.financial.domain.records.own_category import MAX_CATEGORY_NAME
from services.shared.domain.errors import InvalidInputError
from services.shared.domain.identity import Identity
from services.shared.domain.ids import AccountId
from services.shared.domain.written import written
from tools.arguments import AccountRef, Amount, CategoryName, PayeeText
from tools.profile import NoArguments
from tools.record_previews import RecordPreviews
from tools.records import OwnCategoryName
from tools.tool import Cost, Preview, Tool, ToolArguments
from tools.writes import finance_write


class AddCategoryArguments(ToolArguments):
    """A category of the person's own."""

    name: str = Field(min_length=1, max_length=MAX_CATEGORY_NAME)
    parent: Category = Field(description="the built-in category that it counts under; not transfer")


class RecategoriseAllArguments(ToolArguments):
    """Which transactions (every condition given has to hold), and the category for all of them."""

    new_category: CategoryName = None
    new_own_category: OwnCategoryName = None
    from_: date | None = Field(default=None, alias="from", description="first day, YYYY-MM-DD")
    to: date | None = Field(default=None, description="last day, included")
    category: CategoryName = None
    payee: PayeeText = None
    text: str | None = Field(default=None, max_length=100, description="found in payee, narration or note")
    account_id: AccountRef = None
    direction: Direction | None = None
    min_amount: Amount | None = None
    max_amount: Amount | None = None


def category_tools(finance: FinancialUseCases) -> list[Tool[Any]]:
    """Tools over categories; every write waits for the person's approval."""
    runs = _Runs(finance)
    return [
        Tool(
            name="list_categories",
            description="The categories there are: built-in ones with their kind, and the person's own.",
            scope="finance:read",
            arguments=NoArguments,
            run=runs.categories,
        ),
        finance_write(
            "add_category",
            "Make a category of the person's own, under a built-in one.",
            AddCategoryArguments,
            runs.add_category,
            runs.preview_category,
        ),
        finance_write(
            "recategorise_transactions",
            "Put all transactions that match under one category.",
            RecategoriseAllArguments,
            runs.recategorise,
            runs.preview_recategorise,
            cost=Cost.HIGH,
        ),
    ]


class _Runs:
    def __init__(self, finance: FinancialUseCases) -> None:
        self._finance = finance
        self._records = RecordPreviews(finance)

    async def categories(self, identity: Identity, _: NoArguments) -> CategoriesView:
        return await self._finance.records.list_categories(ListCategoriesRequest(user_id=identity.user_id))

    async def add_category(self, identity: Identity, wanted: AddCategoryArguments) -> OwnCategoryView:
        request = AddCategoryRequest(user_id=identity.user_id, name=wanted.name, parent=wanted.parent)
        return await self._finance.records.add_category(request)

    async def preview_category(self, _: Identity, wanted: AddCategoryArguments) -> Preview:
        if wanted.parent is Category.TRANSFER:
            raise InvalidInputError("A category cannot stand under transfer.", extra={"field": "parent"})
        return Preview(f"Make the category '{wanted.name}', which counts under {wanted.parent}.")

    async def recategorise(self, identity: Identity, wanted: RecategoriseAllArguments) -> BulkView:
        return await self._finance.records.recategorise_transactions(await self._bulk(identity, wanted, dry_run=False))

    async def preview_recategorise(self, identity: Identity, wanted: RecategoriseAllArguments) -> Preview:
        tried = await self._finance.records.recategorise_transactions(await self._bulk(identity, wanted, dry_run=True))
        totals = [(f"In {total.currency}", f"{total.count}: {_sums(total)}") for total in tried.totals]
        return Preview(
            f"Put {tried.changed} of {tried.matching} matching transactions under "
            f"{tried.own_category or tried.category.value}.",
            tuple(totals),
        )

    async def _bulk(
        self, identity: Identity, wanted: RecategoriseAllArguments, *, dry_run: bool
    ) -> RecategoriseTransactionsRequest:
        return RecategoriseTransactionsRequest(
            wanted=TransactionFilter(
                user_id=identity.user_id,
                start=wanted.from_,
                end=wanted.to,
                categories=None if wanted.category is None else frozenset({wanted.category}),
                payee=require_searchable("payee", wanted.payee),
                text=require_searchable("text", wanted.text),
                account_id=AccountId(wanted.account_id) if wanted.account_id else None,
                direction=wanted.direction,
                min_amount=wanted.min_amount,
                max_amount=wanted.max_amount,
            ),
            category=wanted.new_category,
            own_category_id=await self._records.own_category(identity, wanted.new_own_category),
            dry_run=dry_run,
            actor=Actor.ASSISTANT,
        )


def _sums(total: BulkTotalView) -> str:
    out, into = written(total.total_debit, total.currency), written(total.total_credit, total.currency)
    return f"{out} out, {into} in"
