"""Command: make one transaction of an entry by hand and the bank's line of the same payment."""

from __future__ import annotations

from dataclasses import dataclass

from services.financial.application.records.changing import Changing
from services.financial.application.records.delete_transaction import take_away
from services.financial.application.transaction_views import transaction_view
from services.financial.application.views import TransactionView
from services.financial.domain.categorisation import RuleSet
from services.financial.domain.errors import NotADoubleError
from services.financial.domain.records.doubles import not_separate, possible_doubles, with_what_was_said
from services.financial.domain.records.history import Actor, Change
from services.financial.domain.repositories import UnitOfWorkFactory
from services.shared.domain.clock import Clock
from services.shared.domain.ids import TransactionId, UserId


@dataclass(frozen=True, slots=True, kw_only=True)
class MergeDoubleRequest:
    """The entry by hand, and the bank's line that stays; with `dry_run` nothing is kept."""

    user_id: UserId
    entered_id: TransactionId
    booked_id: TransactionId
    actor: Actor = Actor.PERSON
    dry_run: bool = False


class MergeDouble:
    """The bank's line stays and takes what the person said of the entry; the entry goes, and can be restored."""

    def __init__(self, unit_of_work: UnitOfWorkFactory, rules: RuleSet, clock: Clock) -> None:
        self._unit_of_work = unit_of_work
        self._rules = rules
        self._clock = clock

    async def __call__(self, request: MergeDoubleRequest) -> TransactionView:
        """The line; TransactionNotFoundError, or NotADoubleError when the two cannot be one payment."""
        async with self._unit_of_work() as unit:
            changing = await Changing.begin(unit, request.user_id, self._rules, request.actor, self._clock.now())
            entered = await changing.transaction(request.entered_id)
            booked = await changing.transaction(request.booked_id)
            # What was told apart by its tag may be merged all the same.
            plain = not_separate(entered)
            if not possible_doubles([plain], [booked]):
                raise NotADoubleError
            after = with_what_was_said(booked, plain)
            await take_away(changing, entered)
            await changing.keep(booked, after, Change.EDITED)
            if not request.dry_run:
                await unit.commit()
        return transaction_view(after, changing.account(after.account_id).name)
