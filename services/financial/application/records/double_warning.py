"""What an import says of lines that may have been entered by hand before."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from services.financial.domain.period import Period
from services.financial.domain.records.doubles import BOOKED_WITHIN_DAYS, possible_doubles
from services.financial.domain.repositories import FinancialUnitOfWork
from services.financial.domain.transaction import Transaction
from services.shared.domain.ids import UserId


async def double_warning(unit: FinancialUnitOfWork, user_id: UserId, new: Sequence[Transaction]) -> tuple[str, ...]:
    """A sentence about the new lines that look like entries by hand; none without any."""
    if not new:
        return ()
    days = [one.booked_on for one in new]
    near = timedelta(days=BOOKED_WITHIN_DAYS)
    alike = await unit.transactions.alike(user_id, BOOKED_WITHIN_DAYS, Period(min(days) - near, max(days) + near))
    ids = {one.id for one in new}
    found = [pair for pair in possible_doubles(alike, alike) if pair.booked.id in ids]
    if not found:
        return ()
    first = found[0].entered
    many = "1 line looks" if len(found) == 1 else f"{len(found)} lines look"
    example = f"{first.payee}, {first.amount} on {first.booked_on}"
    warning = (
        f"{many} like what you had entered by hand (such as {example}), and both count now. List the possible doubles, "
        "and merge those that are one payment."
    )
    return (warning,)
