"""Command: split a transaction over several categories, or put it together again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from services.financial.application.records.changing import Changing
from services.financial.application.records.meant_category import meant_category
from services.financial.application.transaction_views import transaction_view
from services.financial.application.views import TransactionView
from services.financial.domain.categorisation import RuleSet
from services.financial.domain.category import Category
from services.financial.domain.ids import OwnCategoryId
from services.financial.domain.records.history import Actor, Change
from services.financial.domain.records.labels import clean_note
from services.financial.domain.records.parts import Part, largest_part, require_parts
from services.financial.domain.repositories import UnitOfWorkFactory
from services.financial.domain.transaction import CategorySource, Transaction
from services.shared.domain.clock import Clock
from services.shared.domain.errors import InvalidInputError
from services.shared.domain.ids import TransactionId, UserId
from services.shared.domain.money import Money


@dataclass(frozen=True, slots=True, kw_only=True)
class WantedPart:
    """One part as it was asked for; `amount` has the sign of the whole."""

    amount: Decimal
    category: Category | None = None
    own_category_id: OwnCategoryId | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SplitTransactionRequest:
    """The parts, which must add up to the amount exactly; none put the transaction together again."""

    user_id: UserId
    transaction_id: TransactionId
    parts: Sequence[WantedPart]
    actor: Actor = Actor.PERSON


class SplitTransaction:
    """Puts parts in place of the one category. Figures by category then count the parts; no rule changes them.

    Together again, the transaction keeps the category of its largest part.
    """

    def __init__(self, unit_of_work: UnitOfWorkFactory, rules: RuleSet, clock: Clock) -> None:
        self._unit_of_work = unit_of_work
        self._rules = rules
        self._clock = clock

    async def __call__(self, request: SplitTransactionRequest) -> TransactionView:
        """TransactionNotFoundError, OwnCategoryNotFoundError, or InvalidInputError that says what is missing."""
        async with self._unit_of_work() as unit:
            changing = await Changing.begin(unit, request.user_id, self._rules, request.actor, self._clock.now())
            before = await changing.transaction(request.transaction_id)
            after = await split(changing, before, request.parts)
            await changing.keep(before, after, Change.SPLIT)
            await unit.commit()
        return transaction_view(after, changing.accounts[after.account_id].name)


async def split(changing: Changing, whole: Transaction, wanted: Sequence[WantedPart]) -> Transaction:
    """The transaction with these parts."""
    if not wanted:
        return whole.recategorised(whole.category, CategorySource.USER, own_category=whole.own_category)
    parts = tuple([await _part(changing, whole, one) for one in wanted])
    require_parts(whole.amount, parts)
    main = largest_part(parts)
    return whole.recategorised(main.category, CategorySource.USER, own_category=main.own_category, parts=parts)


async def _part(changing: Changing, whole: Transaction, wanted: WantedPart) -> Part:
    meant = await meant_category(changing, wanted.category, wanted.own_category_id)
    if meant is None:
        raise InvalidInputError("Each part needs a category, built-in or your own.", extra={"field": "parts"})
    amount = Money(wanted.amount, whole.amount.currency)
    if amount.amount != wanted.amount:
        raise InvalidInputError(
            f"A part of {wanted.amount:f} is finer than the currency: the smallest unit counts.",
            extra={"field": "parts"},
        )
    return Part(amount=amount, category=meant.category, own_category=meant.own_category, note=clean_note(wanted.note))
