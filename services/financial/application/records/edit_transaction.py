"""Command: edit a transaction."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from services.financial.application.meaning import own_categoriser, payee_of, recategorise
from services.financial.application.records.changing import Changing
from services.financial.application.records.entering_anew import enter_anew
from services.financial.application.records.meant_category import meant_category
from services.financial.application.transaction_views import transaction_view
from services.financial.application.views import TransactionView
from services.financial.domain.categorisation import RuleSet
from services.financial.domain.category import Category
from services.financial.domain.errors import NotManualError
from services.financial.domain.events import TransactionRecategorised
from services.financial.domain.ids import OwnCategoryId
from services.financial.domain.records.history import Actor, Change
from services.financial.domain.records.labels import clean_note, clean_tags
from services.financial.domain.records.manual_entry import require_amount, require_day, single_line
from services.financial.domain.repositories import UnitOfWorkFactory
from services.financial.domain.transaction import CategorySource, Transaction
from services.shared.domain.clock import Clock, today
from services.shared.domain.errors import ConflictError, InvalidInputError
from services.shared.domain.ids import TransactionId, UserId
from services.shared.domain.money import Money


@dataclass(frozen=True, slots=True, kw_only=True)
class EditTransactionRequest:
    """What to change; None leaves it. An empty note or no tags take them away.

    Tags are put in place of the old ones; `add_tags` and `remove_tags` change them. Day, amount, description and
    reference can only be changed of what was entered by hand.
    """

    user_id: UserId
    transaction_id: TransactionId
    category: Category | None = None
    own_category_id: OwnCategoryId | None = None
    payee: str | None = None
    note: str | None = None
    tags: tuple[str, ...] | None = None
    add_tags: tuple[str, ...] = ()
    remove_tags: tuple[str, ...] = ()
    booked_on: date | None = None
    amount: Decimal | None = None
    description: str | None = None
    reference: str | None = None
    actor: Actor = Actor.PERSON

    @property
    def changes_meaning(self) -> bool:
        """Whether a category is given."""
        return self.category is not None or self.own_category_id is not None

    @property
    def changes_tags(self) -> bool:
        """Whether tags are given."""
        return self.tags is not None or bool(self.add_tags or self.remove_tags)

    @property
    def changes_entry(self) -> bool:
        """Whether something is given that only an entry by hand can change."""
        return any(value is not None for value in (self.booked_on, self.amount, self.description, self.reference))


class EditTransaction:
    """Changes what the person asks for and keeps how it was. A category that is set here no rule changes again.

    A leg of a transfer that is said to be something else leaves its pair. A category takes the place of parts.
    """

    def __init__(self, unit_of_work: UnitOfWorkFactory, rules: RuleSet, clock: Clock) -> None:
        self._unit_of_work = unit_of_work
        self._rules = rules
        self._clock = clock

    async def __call__(self, request: EditTransactionRequest) -> TransactionView:
        """TransactionNotFoundError, NotManualError, or InvalidInputError that names the field."""
        _require_something(request)
        async with self._unit_of_work() as unit:
            changing = await Changing.begin(unit, request.user_id, self._rules, request.actor, self._clock.now())
            before = await changing.transaction(request.transaction_id)
            after = _labelled(before, request)
            meant = await meant_category(changing, request.category, request.own_category_id)
            if meant:
                after = after.recategorised(meant.category, CategorySource.USER, own_category=meant.own_category)
            if request.changes_entry:
                after = await self._reentered(changing, before, after, request)
            await changing.keep(before, after, _change(request))
            if after.category is not before.category:
                unit.record(_recategorised(before, after))
            await unit.commit()
        return transaction_view(after, changing.accounts[after.account_id].name)

    async def _reentered(
        self, changing: Changing, before: Transaction, after: Transaction, request: EditTransactionRequest
    ) -> Transaction:
        if not before.is_manual:
            raise NotManualError("can change its date, amount, description or reference")
        account = changing.account(before.account_id)
        entered = _entered(after, request, today(self._clock))
        if request.payee is None and before.payee == payee_of(before.narration, account):
            entered = replace(entered, payee=payee_of(entered.narration, account))
        if entered.category_source is not CategorySource.USER:
            entered = recategorise(entered, await own_categoriser(changing.unit, before.user_id, self._rules), account)
        return await enter_anew(changing, before, entered)


def _require_something(request: EditTransactionRequest) -> None:
    given = (request.payee, request.note)
    if not (
        request.changes_meaning
        or request.changes_tags
        or request.changes_entry
        or any(value is not None for value in given)
    ):
        raise InvalidInputError("Say what to change: category, payee, note, tags, or for an entry by hand the rest.")


def _labelled(before: Transaction, request: EditTransactionRequest) -> Transaction:
    tags = clean_tags(before.tags if request.tags is None else request.tags)
    tags = clean_tags({*tags, *clean_tags(request.add_tags)} - set(clean_tags(request.remove_tags)))
    return replace(
        before,
        payee=before.payee if request.payee is None else single_line(request.payee, "payee"),
        note=before.note if request.note is None else clean_note(request.note),
        tags=tags if request.changes_tags else before.tags,
    )


def _entered(after: Transaction, request: EditTransactionRequest, now: date) -> Transaction:
    if request.booked_on is not None:
        require_day(request.booked_on, now)
        after = replace(after, booked_on=request.booked_on)
    if request.amount is not None:
        amount = Money(request.amount, after.amount.currency)
        require_amount(amount)
        if after.parts and amount != after.amount:
            raise ConflictError("The transaction is split. Take its parts away before you change its amount.")
        after = replace(after, amount=amount)
    if request.description is not None:
        after = replace(after, narration=single_line(request.description, "description"))
    if request.reference is not None:
        after = replace(after, reference=single_line(request.reference, "reference", required=False).strip("- "))
    return after


def _change(request: EditTransactionRequest) -> Change:
    others = request.changes_entry or request.payee is not None or request.note is not None
    if request.changes_meaning and not (others or request.changes_tags):
        return Change.RECATEGORISED
    return Change.TAGGED if request.changes_tags and not (others or request.changes_meaning) else Change.EDITED


def _recategorised(before: Transaction, after: Transaction) -> TransactionRecategorised:
    return TransactionRecategorised(
        user_id=after.user_id, transaction_id=after.id, previous=before.category, category=after.category
    )
