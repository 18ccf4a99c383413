"""Tools over entries by hand that a bank's file brought once more."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from pydantic import Field

from services.financial.application.records.find_doubles import DoublesView, FindDoublesRequest
from services.financial.application.records.get_transaction import GetTransactionRequest
from services.financial.application.records.merge_double import MergeDoubleRequest
from services.financial.application.use_cases import FinancialUseCases
from services.financial.application.views import TransactionView
from services.financial.domain.records.history import Actor
from services.shared.domain.identity import Identity
from services.shared.domain.ids import TransactionId
from services.shared.domain.written import written
from tools.tool import Preview, Tool, ToolArguments
from tools.writes import finance_write


class FindDoublesArguments(ToolArguments):
    """How many to list."""

    limit: int = Field(default=20, ge=1, le=50, description="how many pairs to list; the count is of all")


class MergeDoubleArguments(ToolArguments):
    """One pair."""

    entered_id: UUID = Field(description="transaction_id of `entered` from find_doubles; it goes")
    booked_id: UUID = Field(description="transaction_id of its `booked`; it stays")


def double_tools(finance: FinancialUseCases) -> list[Tool[Any]]:
    """Tools that find doubles and make one of two; merging waits for the person's approval."""

    async def find(identity: Identity, wanted: FindDoublesArguments) -> DoublesView:
        return await finance.records.find_doubles(FindDoublesRequest(user_id=identity.user_id, limit=wanted.limit))

    async def merge(identity: Identity, wanted: MergeDoubleArguments) -> TransactionView:
        return await finance.records.merge_double(_request(identity, wanted))

    async def preview(identity: Identity, wanted: MergeDoubleArguments) -> Preview:
        entered = await finance.records.get_transaction(
            GetTransactionRequest(user_id=identity.user_id, transaction_id=TransactionId(wanted.entered_id))
        )
        merged = await finance.records.merge_double(_request(identity, wanted, dry_run=True))
        return Preview(
            f"Count '{entered.payee}' once: the bank's line stays, and your entry goes.",
            (
                ("Amount", written(merged.amount, merged.currency)),
                ("Account", merged.account),
                ("Your entry", f"{entered.payee}, {entered.date}"),
                ("Bank's line", f"{merged.payee}, {merged.date}"),
                ("Category then", merged.own_category or merged.category.value),
                ("Tags then", ", ".join(merged.tags or ()) or "none"),
                ("Note then", merged.note or "none"),
            ),
        )

    return [
        Tool(
            name="find_doubles",
            description="Entries by hand that a bank's file may have brought once more, so that both count: pairs of "
            "one amount on one account within five days. One with the tag 'separate' is a payment of its own.",
            scope="finance:read",
            arguments=FindDoublesArguments,
            run=find,
        ),
        finance_write(
            "merge_double",
            "Make one transaction of such a pair: the bank's line stays, with the entry's note, tags and category; the "
            "entry goes, and can be restored.",
            MergeDoubleArguments,
            merge,
            preview,
        ),
    ]


def _request(identity: Identity, wanted: MergeDoubleArguments, *, dry_run: bool = False) -> MergeDoubleRequest:
    return MergeDoubleRequest(
        user_id=identity.user_id,
        entered_id=TransactionId(wanted.entered_id),
        booked_id=TransactionId(wanted.booked_id),
        actor=Actor.ASSISTANT,
        dry_run=dry_run,
    )
