"""Sweep once more when nothing of an erased person can be under way any longer."""

from services.shared.domain.clock import Clock
from services.user.application.unit_of_work import UserUnitOfWorkFactory
from services.user.domain.erasure import SETTLES_AFTER
from services.user.domain.events import UserErased


class SettleErasures:
    """Command: the event of every erasure that is old enough leaves a second time; when that has come everywhere, whose
    it was is forgotten.

    What an import or a turn wrote that was under way when the first event was handled goes with the second. One that
    could not be handled for so long that it was given up, because a store was away, leaves again.
    """

    def __init__(self, unit_of_work: UserUnitOfWorkFactory, clock: Clock) -> None:
        self._unit_of_work = unit_of_work
        self._clock = clock

    async def __call__(self) -> int:
        """How many were told again."""
        now = self._clock.now()
        async with self._unit_of_work() as unit:
            await unit.erasures.forget_whose()
            settled = await unit.erasures.settle(requested_before=now - SETTLES_AFTER, at=now)
            for erasure in settled:
                unit.record(UserErased(user_id=erasure.user_id))
            await unit.commit()
        return len(settled)
