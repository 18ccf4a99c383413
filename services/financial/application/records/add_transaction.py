"""Command: enter a transaction by hand."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from services.financial.application.meaning import category_of, own_categoriser, payee_of
from services.financial.application.pair_own_transfers import pair_own_transfers
from services.financial.application.records.changing import Changing
from services.financial.application.records.meant_category import Meant, meant_category
from services.financial.application.transaction_views import transaction_view
from services.financial.application.views import TransactionView
from services.financial.domain.account import Account
from services.financial.domain.categorisation import Categoriser, RuleSet
from services.financial.domain.category import Category
from services.financial.domain.ids import OwnCategoryId
from services.financial.domain.period import Period
from services.financial.domain.records.history import Actor, Change
from services.financial.domain.records.labels import clean_note, clean_tags
from services.financial.domain.records.manual_entry import require_amount, require_day, single_line
from services.financial.domain.repositories import UnitOfWorkFactory
from services.financial.domain.transaction import CategorySource, Transaction, fingerprint
from services.shared.domain.clock import Clock, today
from services.shared.domain.ids import AccountId, TransactionId, UserId, new_uuid
from services.shared.domain.money import Money


@dataclass(frozen=True, slots=True, kw_only=True)
class AddTransactionRequest:
    """What happened; `amount` is signed, negative is money out of the account, in the account's currency.

    Without a payee the description tells it; without a category the rules do. `own_category_id` needs no category.
    """

    user_id: UserId
    account_id: AccountId
    booked_on: date
    amount: Money
    description: str
    payee: str = ""
    reference: str = ""
    category: Category | None = None
    own_category_id: OwnCategoryId | None = None
    note: str = ""
    tags: tuple[str, ...] = ()
    actor: Actor = Actor.PERSON


class AddTransaction:
    """Records a transaction that no statement has; the account's balance follows.

    A file that holds the same line (day, amount, description, reference) does not add it again.
    """

    def __init__(self, unit_of_work: UnitOfWorkFactory, rules: RuleSet, clock: Clock) -> None:
        self._unit_of_work = unit_of_work
        self._rules = rules
        self._clock = clock

    async def __call__(self, request: AddTransactionRequest) -> TransactionView:
        """AccountNotFoundError, OwnCategoryNotFoundError, or InvalidInputError that names the field."""
        require_day(request.booked_on, today(self._clock))
        require_amount(request.amount)
        async with self._unit_of_work() as unit:
            now = self._clock.now()
            changing = await Changing.begin(unit, request.user_id, self._rules, request.actor, now)
            account = changing.account(request.account_id)
            meant = await meant_category(changing, request.category, request.own_category_id)
            categoriser = await own_categoriser(unit, request.user_id, self._rules)
            made = await self._made(changing, request, account, meant, categoriser)
            day = Period(made.booked_on, made.booked_on)
            await unit.transactions.add(made)
            await unit.accounts.add_movements(account.id, made.amount, 1, day)
            await pair_own_transfers(unit, changing.accounts, day, categoriser)
            kept = await changing.transaction(made.id)
            version = (await changing.versions([(None, kept)], Change.ADDED))[0]
            unit.record(changing.event(kept, Change.ADDED, version.version))
            await unit.commit()
        return transaction_view(kept, account.name)

    async def _made(
        self,
        changing: Changing,
        request: AddTransactionRequest,
        account: Account,
        meant: Meant | None,
        categoriser: Categoriser,
    ) -> Transaction:
        amount = Money(request.amount.amount, account.currency)
        require_amount(amount)
        narration = single_line(request.description, "description")
        reference = single_line(request.reference, "reference", required=False).strip("- ")
        payee = single_line(request.payee, "payee", required=False) or payee_of(narration, account)
        said = category_of(categoriser, account, narration, payee, amount)
        key = fingerprint(request.booked_on, amount, narration, reference)
        return Transaction(
            id=TransactionId(new_uuid()),
            user_id=request.user_id,
            account_id=account.id,
            booked_on=request.booked_on,
            amount=amount,
            narration=narration,
            payee=payee,
            category=meant.category if meant else said.category,
            category_source=CategorySource.USER if meant else CategorySource(said.source),
            rule_id="" if meant else said.rule_id,
            own_category=meant.own_category if meant else said.own_category,
            reference=reference,
            balance_after=None,
            fingerprint=key,
            occurrence=await changing.unit.transactions.claim_occurrence(account.id, key),
            import_id=None,
            line_no=0,
            created_at=changing.now,
            note=clean_note(request.note),
            tags=clean_tags(request.tags),
        )
