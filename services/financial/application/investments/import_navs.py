"""Command: import AMFI's list of net asset values."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from services.financial.application.import_progress import ImportProgress, ImportStage, OnProgress, ignore_progress
from services.financial.domain.investments.amfi import MAX_REJECTED_LISTED, RejectedNavLine, SchemeNav, read_nav_file
from services.financial.domain.investments.events import FundValuesChanged
from services.financial.domain.investments.repositories import NavsUnitOfWorkFactory
from services.shared.domain.clock import Clock, today


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportNavsRequest:
    """The file's bytes. The list is nobody's own: only the operator may import it."""

    content: bytes
    on_progress: OnProgress = ignore_progress


@dataclass(frozen=True, slots=True, kw_only=True)
class NavImportView:
    """`values` were stored, of `schemes` schemes; the first 100 lines that cannot be read are listed.

    `newest_on` is the day of the newest value and `age_days` how old it is today. `ahead` counts values of a day to
    come, which were left out.
    """

    schemes: int
    values: int
    without_value: int
    ahead: int
    oldest_on: date | None
    newest_on: date | None
    age_days: int | None
    rejected_count: int
    rejected: tuple[RejectedNavLine, ...]


class ImportNavs:
    """Keeps the schemes and their values, and tells of it for whoever holds them; importing again changes nothing."""

    def __init__(self, unit_of_work: NavsUnitOfWorkFactory, clock: Clock) -> None:
        self._unit_of_work = unit_of_work
        self._clock = clock

    async def __call__(self, request: ImportNavsRequest) -> NavImportView:
        """UnsupportedFormatError for another file, InvalidInputError when no line of it can be read."""
        request.on_progress(ImportProgress(ImportStage.READING, 0, 0))
        found = await asyncio.to_thread(read_nav_file, request.content)
        day = today(self._clock)
        known = [nav for nav in found.navs if nav.nav_on <= day]
        newest = max((nav.nav_on for nav in known), default=None)
        if newest:
            await self._keep(known, newest, request.on_progress)
        return NavImportView(
            schemes=len({nav.amfi_code for nav in known}),
            values=len(known),
            without_value=found.without_value,
            ahead=len(found.navs) - len(known),
            oldest_on=min((nav.nav_on for nav in known), default=None),
            newest_on=newest,
            age_days=(day - newest).days if newest else None,
            rejected_count=len(found.rejected),
            rejected=found.rejected[:MAX_REJECTED_LISTED],
        )

    async def _keep(self, navs: Sequence[SchemeNav], newest: date, on_progress: OnProgress) -> None:
        def on_stored(count: int) -> None:
            on_progress(ImportProgress(ImportStage.STORING, count, len(navs)))

        async with self._unit_of_work() as unit:
            changed = await unit.navs.save(navs, on_stored)
            for user_id, funds in (await unit.navs.holders(changed)).items():
                unit.record(FundValuesChanged(user_id=user_id, funds=funds, newest_on=newest))
            await unit.commit()
