"""Drop deliveries that nobody will ask for any more."""

from services.conversation.application.webhooks.unit_of_work import WebhookUnitOfWorkFactory
from services.conversation.domain.webhooks.delivery import KEPT_FOR
from services.shared.domain.clock import Clock


class ForgetDeliveries:
    """Command: those that were made more than thirty days ago are erased, whatever came of them."""

    def __init__(self, unit_of_work: WebhookUnitOfWorkFactory, clock: Clock) -> None:
        self._unit_of_work = unit_of_work
        self._clock = clock

    async def __call__(self) -> int:
        """How many were erased."""
        async with self._unit_of_work() as unit:
            forgotten = await unit.deliveries.forget(self._clock.now() - KEPT_FOR)
            await unit.commit()
        return forgotten
