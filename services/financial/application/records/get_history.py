"""Query: what was changed of a transaction."""

from __future__ import annotations

from dataclasses import dataclass

from services.financial.application.records.readers import RecordsReader
from services.financial.application.records.views import HistoryView, StateView, VersionView
from services.financial.application.transaction_views import part_views
from services.financial.domain.errors import TransactionNotFoundError
from services.financial.domain.records.history import TransactionState, TransactionVersion
from services.shared.domain.ids import TransactionId, UserId


@dataclass(frozen=True, slots=True, kw_only=True)
class GetTransactionHistoryRequest:
    """Which transaction; a deleted one has a history too."""

    user_id: UserId
    transaction_id: TransactionId


class GetTransactionHistory:
    """Answers with every change: who made it when, and how the transaction was before and after."""

    def __init__(self, reader: RecordsReader) -> None:
        self._reader = reader

    async def __call__(self, request: GetTransactionHistoryRequest) -> HistoryView:
        """TransactionNotFoundError when it is not, and never was, this person's."""
        versions = await self._reader.history(request.user_id, request.transaction_id)
        if not versions and await self._reader.transaction(request.user_id, request.transaction_id) is None:
            raise TransactionNotFoundError
        return HistoryView(request.transaction_id, tuple(_view(one) for one in versions))


def _view(version: TransactionVersion) -> VersionView:
    return VersionView(
        version=version.version,
        change=version.change.value,
        actor=version.actor.value,
        changed_at=version.changed_at,
        before=_state(version.before),
        after=_state(version.after),
    )


def _state(state: TransactionState | None) -> StateView | None:
    if state is None:
        return None
    return StateView(
        date=state.booked_on,
        amount=state.amount.amount,
        currency=state.amount.currency,
        narration=state.narration,
        payee=state.payee,
        reference=state.reference,
        category=state.category,
        category_source=state.category_source.value,
        own_category=state.own_category.name if state.own_category else None,
        note=state.note,
        tags=state.tags,
        parts=part_views(state.parts),
    )
