"""Commands and the query over the link to Fi."""

from __future__ import annotations

from dataclasses import dataclass, replace

from services.financial.application.fi.ports import FiClient, FiUnitOfWorkFactory, LoginNeeded
from services.financial.application.fi.views import FiFlagView, FiStatusView
from services.financial.domain.fi.link import FiLink, LinkStatus
from services.financial.domain.fi.twins import undecided
from services.shared.domain.clock import Clock
from services.shared.domain.ids import UserId


@dataclass(frozen=True, slots=True, kw_only=True)
class FiRequest:
    """Whose."""

    user_id: UserId


class LinkFi:
    """Begins the link, or looks how it stands: Fi answers with a page to log in at, or with data."""

    def __init__(self, unit_of_work: FiUnitOfWorkFactory, client: FiClient, clock: Clock) -> None:
        self._unit_of_work = unit_of_work
        self._client = client
        self._clock = clock

    async def __call__(self, request: FiRequest) -> FiStatusView:
        """The link as it stands now; FiUnavailableError when Fi cannot be reached."""
        async with self._unit_of_work() as unit:
            known = await unit.fi.get(request.user_id)
        link = known or FiLink.begin(request.user_id, self._clock.now())
        answer = await self._client.check(link.session_id, new=known is None)
        link = replace(link, session_id=answer.session_id)
        link = link.logged_out(answer.login_url) if isinstance(answer, LoginNeeded) else link.logged_in()
        async with self._unit_of_work() as unit:
            await unit.fi.save(link)
            await unit.commit()
        return status_view(link)


class UnlinkFi:
    """Forgets the link; what came from Fi stays."""

    def __init__(self, unit_of_work: FiUnitOfWorkFactory) -> None:
        self._unit_of_work = unit_of_work

    async def __call__(self, request: FiRequest) -> None:
        """Forget it; nothing happens when there is none."""
        async with self._unit_of_work() as unit:
            await unit.fi.delete(request.user_id)
            await unit.commit()


class GetFiStatus:
    """Answers with the link as it stood when Fi was last asked."""

    def __init__(self, unit_of_work: FiUnitOfWorkFactory) -> None:
        self._unit_of_work = unit_of_work

    async def __call__(self, request: FiRequest) -> FiStatusView:
        """The status, without asking Fi."""
        async with self._unit_of_work() as unit:
            link = await unit.fi.get(request.user_id)
            accounts = await unit.accounts.lock_all(request.user_id)
            doubles = len(undecided(accounts, await unit.twins.decided(request.user_id)))
        view = FiStatusView("not_linked") if link is None else status_view(link)
        return replace(view, possible_doubles=doubles)


def status_view(link: FiLink) -> FiStatusView:
    """How a link is shown: never with its session."""
    return FiStatusView(
        status=link.status.value,
        login_url=link.login_url if link.status is LinkStatus.LOGIN_REQUIRED else None,
        linked_at=link.linked_at,
        synced_at=link.synced_at,
        flags=tuple(FiFlagView(flag.source.value, flag.reason) for flag in link.flags),
    )
