"""Put figures of one's own in the place of assumptions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from services.goals.application.account_balances import AccountBalances
from services.goals.application.goal_book import assumptions_with
from services.goals.application.planning.get_assumptions import AssumptionsView, assumptions_view
from services.goals.application.settlement import settle_all
from services.goals.application.unit_of_work import GoalsUnitOfWorkFactory
from services.goals.domain.events import AssumptionsChanged
from services.shared.domain.clock import Clock
from services.shared.domain.ids import UserId


@dataclass(frozen=True, slots=True, kw_only=True)
class SetAssumptionsRequest:
    """Values by name; None goes back to the program's. `reset` drops every one of the person's own before."""

    user_id: UserId
    values: Mapping[str, Decimal | None]
    reset: bool = False


class SetAssumptions:
    """Command: keep them, judge the goals anew, publish `AssumptionsChanged` and where a goal's state has changed."""

    def __init__(self, unit_of_work: GoalsUnitOfWorkFactory, accounts: AccountBalances, clock: Clock) -> None:
        self._unit_of_work = unit_of_work
        self._accounts = accounts
        self._clock = clock

    async def __call__(self, request: SetAssumptionsRequest) -> AssumptionsView:
        """InvalidInputError for a name that does not exist or a value out of its bounds."""
        balances = await self._accounts.of(request.user_id)
        async with self._unit_of_work() as unit:
            goals = await unit.goals.list(request.user_id)
            kept = {} if request.reset else await unit.goals.personal_assumptions(request.user_id)
            personal = personal_after(kept, request)
            await unit.goals.set_personal_assumptions(request.user_id, personal)
            unit.record(_changed(request.user_id, personal, self._clock))
            await settle_all(unit, goals, balances, self._clock)
            await unit.commit()
        return assumptions_view(assumptions_with(personal))


def personal_after(kept: Mapping[str, Decimal], request: SetAssumptionsRequest) -> dict[str, Decimal]:
    """The person's own figures after a request; InvalidInputError for one that cannot be."""
    before = assumptions_with(kept)
    before.require(request.values)
    after = before.with_personal({name: value for name, value in request.values.items() if value is not None})
    return {name: value for name, value in after.personal.items() if request.values.get(name, value) is not None}


def _changed(user_id: UserId, personal: Mapping[str, Decimal], clock: Clock) -> AssumptionsChanged:
    return AssumptionsChanged(user_id=user_id, occurred_at=clock.now(), names=tuple(sorted(personal)))
