"""Command: say at once what many transactions were for."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from dataclasses import dataclass
from typing import Final

from services.financial.application.records.changing import Changing
from services.financial.application.records.meant_category import Meant, meant_category
from services.financial.application.records.views import BulkTotalView, BulkView
from services.financial.domain.categorisation import RuleSet
from services.financial.domain.category import Category
from services.financial.domain.events import TransactionsRecategorised
from services.financial.domain.filters import TransactionFilter
from services.financial.domain.ids import OwnCategoryId
from services.financial.domain.records.history import Actor, Change
from services.financial.domain.repositories import UnitOfWorkFactory
from services.financial.domain.transaction import CategorySource, Transaction
from services.shared.domain.clock import Clock
from services.shared.domain.errors import InvalidInputError, TooLargeError
from services.shared.domain.ids import UserId
from services.shared.domain.money import Money

MAX_AT_ONCE: Final = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class RecategoriseTransactionsRequest:
    """Which transactions, and the category for all of them; with `dry_run` nothing changes."""

    wanted: TransactionFilter
    category: Category | None = None
    own_category_id: OwnCategoryId | None = None
    dry_run: bool = False
    actor: Actor = Actor.PERSON

    @property
    def user_id(self) -> UserId:
        """Whose."""
        return self.wanted.user_id


class RecategoriseTransactions:
    """Sets one category on all that match, as the person's word; each keeps its history.

    Split transactions stay as they are: their parts say what they were for.
    """

    def __init__(self, unit_of_work: UnitOfWorkFactory, rules: RuleSet, clock: Clock) -> None:
        self._unit_of_work = unit_of_work
        self._rules = rules
        self._clock = clock

    async def __call__(self, request: RecategoriseTransactionsRequest) -> BulkView:
        """TooLargeError for more than 10,000 at once, InvalidInputError without a category or a condition."""
        if not _is_narrowed(request.wanted):
            raise InvalidInputError("Say which transactions: give at least one condition.")
        async with self._unit_of_work() as unit:
            changing = await Changing.begin(unit, request.user_id, self._rules, request.actor, self._clock.now())
            if request.wanted.account_id is not None:
                changing.account(request.wanted.account_id)
            meant = await meant_category(changing, request.category, request.own_category_id)
            if meant is None:
                raise InvalidInputError("Say which category, built-in or your own.", extra={"field": "category"})
            found = await unit.transactions.matching(request.wanted, MAX_AT_ONCE + 1)
            if len(found) > MAX_AT_ONCE:
                raise TooLargeError(f"More than {MAX_AT_ONCE:,} transactions match. Narrow it down, by month say.")
            pairs = await asyncio.to_thread(_changes, found, meant)
            if pairs and not request.dry_run:
                await changing.keep_all(pairs, Change.RECATEGORISED)
                unit.record(
                    TransactionsRecategorised(user_id=request.user_id, category=meant.category, count=len(pairs))
                )
                await unit.commit()
        return _view(request, meant, len(found), [before for before, _ in pairs])


def _is_narrowed(wanted: TransactionFilter) -> bool:
    return wanted != TransactionFilter(user_id=wanted.user_id)


def _changes(found: list[Transaction], meant: Meant) -> list[tuple[Transaction, Transaction]]:
    whole = [one for one in found if not one.parts]
    pairs = [
        (one, one.recategorised(meant.category, CategorySource.USER, own_category=meant.own_category)) for one in whole
    ]
    return [(before, after) for before, after in pairs if _meaning(before) != _meaning(after)]


def _meaning(transaction: Transaction) -> tuple[Category, object]:
    return transaction.category, transaction.own_category


def _view(
    request: RecategoriseTransactionsRequest, meant: Meant, matching: int, changed: list[Transaction]
) -> BulkView:
    by_currency: dict[str, list[Money]] = defaultdict(list)
    for one in changed:
        by_currency[one.amount.currency].append(one.amount)
    return BulkView(
        dry_run=request.dry_run,
        matching=matching,
        changed=len(changed),
        category=meant.category,
        own_category=meant.own_category.name if meant.own_category else None,
        totals=tuple(_totals(currency, by_currency[currency]) for currency in sorted(by_currency)),
    )


def _totals(currency: str, amounts: list[Money]) -> BulkTotalView:
    debit = Money.total((-one for one in amounts if one.amount < 0), currency)
    credit = Money.total((one for one in amounts if one.amount > 0), currency)
    return BulkTotalView(currency, len(amounts), debit.amount, credit.amount)
