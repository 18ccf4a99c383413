"""Tools that change single transactions: enter, recategorise, split, tag, take away, undo."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Annotated, Any
from uuid import UUID

from pydantic import Field

from services.financial.application.records.add_transaction import AddTransactionRequest
from services.financial.application.records.delete_transaction import DeleteTransactionRequest
from services.financial.application.records.edit_transaction import EditTransactionRequest
from services.financial.application.records.get_history import GetTransactionHistoryRequest
from services.financial.application.records.restore_transaction import RestoreTransactionRequest
from services.financial.application.records.split_transaction import SplitTransactionRequest, WantedPart
from services.financial.application.records.views import HistoryView
from services.financial.application.use_cases import FinancialUseCases
from services.financial.application.views import TransactionView
from services.financial.domain.categorisation.rule import Direction
from services.financial.domain.records.history import Actor
from services.financial.domain.records.labels import MAX_NOTE, MAX_TAG, MAX_TAGS
from services.financial.domain.records.manual_entry import MAX_LINE
from services.financial.domain.records.parts import MAX_PARTS
from services.shared.domain.identity import Identity
from services.shared.domain.ids import AccountId, TransactionId
from services.shared.domain.money import Money
from tools.arguments import Amount, CategoryName
from tools.record_previews import DeletedResult, RecordPreviews
from tools.tool import Tool, ToolArguments
from tools.writes import finance_write

TransactionRef = Annotated[UUID, Field(description="transaction_id from search_transactions")]
OwnCategoryName = Annotated[
    str | None, Field(max_length=50, description="one of the person's own categories, by name; then no category")
]
TagList = Annotated[list[Annotated[str, Field(max_length=MAX_TAG)]], Field(max_length=MAX_TAGS)]


class AddTransactionArguments(ToolArguments):
    """What happened."""

    account_id: UUID = Field(description="account_id from list_accounts")
    date: datetime.date
    amount: Amount = Field(description="how much, without a sign")
    direction: Direction = Field(description="debit is money out, credit is money in")
    description: str = Field(min_length=1, max_length=MAX_LINE)
    category: CategoryName = None
    own_category: OwnCategoryName = None
    note: str = Field(default="", max_length=MAX_NOTE)
    tags: TagList = Field(default_factory=list)


class RecategoriseArguments(ToolArguments):
    """Which transaction, and its category, built-in or own."""

    transaction_id: TransactionRef
    category: CategoryName = None
    own_category: OwnCategoryName = None


class PartArguments(ToolArguments):
    """One part."""

    amount: Amount = Field(description="how much of the whole, without a sign")
    category: CategoryName = None
    own_category: OwnCategoryName = None
    note: str = Field(default="", max_length=MAX_NOTE)


class SplitArguments(ToolArguments):
    """The parts, which add up to the whole exactly; none put it together again."""

    transaction_id: TransactionRef
    parts: list[PartArguments] = Field(max_length=MAX_PARTS)


class TagArguments(ToolArguments):
    """What to write beside a transaction."""

    transaction_id: TransactionRef
    add_tags: TagList = Field(default_factory=list)
    remove_tags: TagList = Field(default_factory=list)
    note: str | None = Field(default=None, max_length=MAX_NOTE, description="in place of the note; empty takes it away")


class TransactionArguments(ToolArguments):
    """Which transaction."""

    transaction_id: TransactionRef


class RestoreArguments(ToolArguments):
    """Which transaction, and how it was after which version."""

    transaction_id: TransactionRef
    version: int = Field(ge=0, le=2**31 - 1, description="from get_transaction_history; 0 is before the first change")


class _Runs:
    """What the tools do: the use cases in the name of the assistant, whom the person allowed it."""

    def __init__(self, finance: FinancialUseCases) -> None:
        self._do = finance.records
        self.previews = RecordPreviews(finance)

    async def add(self, identity: Identity, wanted: AddTransactionArguments) -> TransactionView:
        own = await self.previews.own_category(identity, wanted.own_category)
        return await self._do.add_transaction(
            AddTransactionRequest(
                user_id=identity.user_id,
                account_id=AccountId(wanted.account_id),
                booked_on=wanted.date,
                amount=Money(-wanted.amount if wanted.direction is Direction.DEBIT else wanted.amount),
                description=wanted.description,
                category=wanted.category,
                own_category_id=own,
                note=wanted.note,
                tags=tuple(wanted.tags),
                actor=Actor.ASSISTANT,
            )
        )

    async def recategorise(self, identity: Identity, wanted: RecategoriseArguments) -> TransactionView:
        request = EditTransactionRequest(
            user_id=identity.user_id,
            transaction_id=TransactionId(wanted.transaction_id),
            category=wanted.category,
            own_category_id=await self.previews.own_category(identity, wanted.own_category),
            actor=Actor.ASSISTANT,
        )
        return await self._do.edit_transaction(request)

    async def split(self, identity: Identity, wanted: SplitArguments) -> TransactionView:
        whole = await self.previews.transaction(identity, wanted.transaction_id)
        sign = Decimal(-1 if whole.amount < 0 else 1)
        parts = [
            WantedPart(
                amount=sign * part.amount,
                category=part.category,
                own_category_id=await self.previews.own_category(identity, part.own_category),
                note=part.note,
            )
            for part in wanted.parts
        ]
        return await self._do.split_transaction(
            SplitTransactionRequest(
                user_id=identity.user_id,
                transaction_id=TransactionId(wanted.transaction_id),
                parts=parts,
                actor=Actor.ASSISTANT,
            )
        )

    async def tag(self, identity: Identity, wanted: TagArguments) -> TransactionView:
        return await self._do.edit_transaction(
            EditTransactionRequest(
                user_id=identity.user_id,
                transaction_id=TransactionId(wanted.transaction_id),
                add_tags=tuple(wanted.add_tags),
                remove_tags=tuple(wanted.remove_tags),
                note=wanted.note,
                actor=Actor.ASSISTANT,
            )
        )

    async def delete(self, identity: Identity, wanted: TransactionArguments) -> DeletedResult:
        gone = TransactionId(wanted.transaction_id)
        await self._do.delete_transaction(
            DeleteTransactionRequest(user_id=identity.user_id, transaction_id=gone, actor=Actor.ASSISTANT)
        )
        return DeletedResult(gone)

    async def restore(self, identity: Identity, wanted: RestoreArguments) -> TransactionView:
        return await self._do.restore_transaction(
            RestoreTransactionRequest(
                user_id=identity.user_id,
                transaction_id=TransactionId(wanted.transaction_id),
                version=wanted.version,
                actor=Actor.ASSISTANT,
            )
        )

    async def history(self, identity: Identity, wanted: TransactionArguments) -> HistoryView:
        return await self._do.get_transaction_history(
            GetTransactionHistoryRequest(user_id=identity.user_id, transaction_id=TransactionId(wanted.transaction_id))
        )


def record_tools(finance: FinancialUseCases) -> list[Tool[Any]]:
    """Tools over single transactions; every write waits for the person's approval."""
    runs = _Runs(finance)
    history = Tool(
        name="get_transaction_history",
        description="Every change of a transaction: who made it when, and how it was before and after.",
        scope="finance:read",
        arguments=TransactionArguments,
        run=runs.history,
    )
    return [*_writes(runs), history]


def _writes(runs: _Runs) -> list[Tool[Any]]:
    previews = runs.previews
    return [
        finance_write(
            "add_transaction",
            "Enter a transaction that no statement has, such as cash.",
            AddTransactionArguments,
            runs.add,
            previews.add,
        ),
        finance_write(
            "recategorise_transaction",
            "Say what one transaction was for.",
            RecategoriseArguments,
            runs.recategorise,
            previews.recategorise,
        ),
        finance_write(
            "split_transaction",
            "Split one transaction over several categories, in parts that add up exactly.",
            SplitArguments,
            runs.split,
            previews.split,
        ),
        finance_write(
            "tag_transaction",
            "Add or remove tags of a transaction, or write a note beside it.",
            TagArguments,
            runs.tag,
            previews.tag,
        ),
        finance_write(
            "delete_transaction",
            "Delete a transaction that was entered by hand.",
            TransactionArguments,
            runs.delete,
            previews.delete,
        ),
        finance_write(
            "restore_transaction",
            "Undo changes: put a transaction back to how it was after a version.",
            RestoreArguments,
            runs.restore,
            previews.restore,
        ),
    ]
