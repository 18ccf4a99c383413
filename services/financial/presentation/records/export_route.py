"""The export of transactions, streamed."""

from datetime import date
from enum import StrEnum
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query
from fastapi.responses import StreamingResponse

from services.financial.application.records.export_format import csv_lines, json_lines
from services.financial.application.records.export_transactions import ExportTransactionsRequest
from services.financial.application.records.use_cases import RecordUseCases
from services.financial.application.transaction_views import require_searchable
from services.financial.domain.category import Category
from services.financial.domain.filters import TransactionFilter
from services.financial.domain.ids import OwnCategoryId
from services.financial.domain.records.labels import clean_tag
from services.shared.domain.ids import AccountId
from services.shared.infrastructure.problem import problem_responses


class ExportFormat(StrEnum):
    """How the file is written."""

    CSV = "csv"
    JSON = "json"


_MEDIA_TYPES = {ExportFormat.CSV: "text/csv; charset=utf-8", ExportFormat.JSON: "application/json"}


def add_export_route(router: APIRouter, use_cases: RecordUseCases, caller: Any) -> None:
    """`GET /transactions/export`."""

    @router.get(
        "/export",
        response_class=StreamingResponse,
        responses=problem_responses(404, 422)
        | {
            200: {
                "description": "The file, oldest transaction first.",
                "content": {"text/csv": {"schema": {"type": "string"}}, "application/json": {"schema": {}}},
            }
        },
        summary="Export",
    )
    async def export(
        user: caller,
        form: Annotated[ExportFormat, Query(alias="format")] = ExportFormat.CSV,
        from_: Annotated[date | None, Query(alias="from", description="First day.")] = None,
        to: Annotated[date | None, Query(description="Last day, included.")] = None,
        category: Category | None = None,
        own_category_id: UUID | None = None,
        account_id: UUID | None = None,
        q: Annotated[str | None, Query(max_length=100, description="Found in payee, narration or note.")] = None,
        tag: Annotated[str | None, Query(max_length=40, description="Those with this tag.")] = None,
    ) -> StreamingResponse:
        """All that match, as CSV for spreadsheets or as JSON. The CSV of one account can be imported again."""
        wanted = TransactionFilter(
            user_id=user.user_id,
            start=from_,
            end=to,
            categories=None if category is None else frozenset({category}),
            own_category_ids=None if own_category_id is None else frozenset({OwnCategoryId(own_category_id)}),
            account_id=AccountId(account_id) if account_id else None,
            text=require_searchable("q", q),
            tags=None if tag is None else frozenset({clean_tag(tag)}),
        )
        batches = await use_cases.export_transactions(ExportTransactionsRequest(wanted=wanted))
        lines = csv_lines(batches) if form is ExportFormat.CSV else json_lines(batches)
        return StreamingResponse(
            lines,
            media_type=_MEDIA_TYPES[form],
            headers={"content-disposition": f'attachment; filename="transactions.{form}"'},
        )
