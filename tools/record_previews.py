"""What changes of records will do, in words and figures, from the person's own records."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING
from uuid import UUID

from services.financial.application.get_account import GetAccountRequest
from services.financial.application.records.get_history import GetTransactionHistoryRequest
from services.financial.application.records.get_transaction import GetTransactionRequest
from services.financial.application.records.own_categories import ListCategoriesRequest
from services.financial.application.use_cases import FinancialUseCases
from services.financial.application.views import TransactionView
from services.financial.domain.category import Category
from services.financial.domain.errors import NotManualError, OwnCategoryNotFoundError, VersionNotFoundError
from services.financial.domain.ids import OwnCategoryId
from services.financial.domain.records.labels import clean_note, clean_tags
from services.financial.domain.records.parts import Part, require_parts
from services.shared.domain.errors import InvalidInputError
from services.shared.domain.identity import Identity
from services.shared.domain.ids import AccountId, TransactionId
from services.shared.domain.money import Money
from services.shared.domain.written import written
from tools.tool import Preview

if TYPE_CHECKING:
    from tools.records import (
        AddTransactionArguments,
        RecategoriseArguments,
        RestoreArguments,
        SplitArguments,
        TagArguments,
        TransactionArguments,
    )


@dataclass(frozen=True, slots=True)
class DeletedResult:
    """What was taken away; it can be restored from its history."""

    transaction_id: TransactionId


class RecordPreviews:
    """Reads what is on record, and refuses what the change itself would refuse as far as that can be told."""

    def __init__(self, finance: FinancialUseCases) -> None:
        self._finance = finance

    async def transaction(self, identity: Identity, transaction_id: UUID) -> TransactionView:
        """The transaction, TransactionNotFoundError when it is not the caller's."""
        request = GetTransactionRequest(user_id=identity.user_id, transaction_id=TransactionId(transaction_id))
        return await self._finance.records.get_transaction(request)

    async def own_category(self, identity: Identity, name: str | None) -> OwnCategoryId | None:
        """The id of the own category of that name; OwnCategoryNotFoundError when there is none."""
        if name is None:
            return None
        view = await self._finance.records.list_categories(ListCategoriesRequest(user_id=identity.user_id))
        for own in view.own:
            if own.name.casefold() == " ".join(name.split()).casefold():
                return own.category_id
        raise OwnCategoryNotFoundError

    async def category(self, identity: Identity, category: Category | None, own_category: str | None) -> str:
        """The category in words; InvalidInputError when none is given."""
        if own_category is not None:
            await self.own_category(identity, own_category)
            return own_category
        if category is None:
            raise InvalidInputError("Say which category, built-in or own.", extra={"field": "category"})
        return category.value

    async def add(self, identity: Identity, wanted: AddTransactionArguments) -> Preview:
        """A new entry and its account."""
        request = GetAccountRequest(user_id=identity.user_id, account_id=AccountId(wanted.account_id))
        account = await self._finance.get_account(request)
        words = "out of" if wanted.direction.value == "debit" else "into"
        amount = Money(wanted.amount, account.currency)
        chosen = wanted.category is not None or wanted.own_category is not None
        category = await self.category(identity, wanted.category, wanted.own_category) if chosen else "by your rules"
        return Preview(
            f"Enter {written(amount.amount, account.currency)} {words} '{account.name}' on {wanted.date}.",
            (
                ("Description", wanted.description),
                ("Category", category),
                ("Note", clean_note(wanted.note) or "none"),
                ("Tags", ", ".join(clean_tags(wanted.tags)) or "none"),
            ),
        )

    async def recategorise(self, identity: Identity, wanted: RecategoriseArguments) -> Preview:
        """The transaction, and its category before and after."""
        one = await self.transaction(identity, wanted.transaction_id)
        category = await self.category(identity, wanted.category, wanted.own_category)
        return Preview(
            f"Put '{one.payee}' of {one.date} under {category}.",
            (*_shown(one), ("Category now", one.own_category or one.category.value), ("Category then", category)),
        )

    async def split(self, identity: Identity, wanted: SplitArguments) -> Preview:
        """The transaction and its parts."""
        one = await self.transaction(identity, wanted.transaction_id)
        if not wanted.parts:
            return Preview(f"Put '{one.payee}' of {one.date} together again.", _shown(one))
        sign = Decimal(-1 if one.amount < 0 else 1)
        names = [await self.category(identity, part.category, part.own_category) for part in wanted.parts]
        parts = [
            Part(amount=Money(sign * part.amount, one.currency), category=part.category or Category.OTHER)
            for part in wanted.parts
        ]
        require_parts(Money(one.amount, one.currency), parts)
        details = [
            (name, written(abs(part.amount.amount), one.currency)) for name, part in zip(names, parts, strict=True)
        ]
        return Preview(f"Split '{one.payee}' of {one.date} into {len(parts)} parts.", (*_shown(one), *details))

    async def tag(self, identity: Identity, wanted: TagArguments) -> Preview:
        """The transaction and what is written beside it."""
        one = await self.transaction(identity, wanted.transaction_id)
        tags = clean_tags({*(one.tags or ()), *clean_tags(wanted.add_tags)} - set(clean_tags(wanted.remove_tags)))
        note = (one.note or "") if wanted.note is None else clean_note(wanted.note)
        return Preview(
            f"Label '{one.payee}' of {one.date}.",
            (*_shown(one), ("Tags then", ", ".join(tags) or "none"), ("Note then", note or "none")),
        )

    async def delete(self, identity: Identity, wanted: TransactionArguments) -> Preview:
        """The entry that goes."""
        one = await self.transaction(identity, wanted.transaction_id)
        if not one.entered_by_hand:
            raise NotManualError("can be deleted")
        return Preview(f"Delete '{one.payee}' of {one.date}, which was entered by hand.", _shown(one))

    async def restore(self, identity: Identity, wanted: RestoreArguments) -> Preview:
        """How the transaction was then."""
        request = GetTransactionHistoryRequest(
            user_id=identity.user_id, transaction_id=TransactionId(wanted.transaction_id)
        )
        versions = (await self._finance.records.get_transaction_history(request)).versions
        state = next((one.after for one in versions if one.version == wanted.version), None)
        if wanted.version == 0 and versions:
            state = versions[0].before
        if state is None:
            raise VersionNotFoundError
        return Preview(
            f"Put '{state.payee}' of {state.date} back to how it was after version {wanted.version}.",
            (
                ("Amount", written(state.amount, state.currency)),
                ("Category", state.own_category or state.category.value),
                ("Parts", str(len(state.parts))),
                ("Tags", ", ".join(state.tags) or "none"),
                ("Note", state.note or "none"),
            ),
        )


def _shown(one: TransactionView) -> tuple[tuple[str, str], ...]:
    return (("Amount", written(one.amount, one.currency)), ("Account", one.account), ("Narration", one.narration))
