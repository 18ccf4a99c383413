"""An entry by hand with another day, amount, description or reference: identity, balance and transfers follow."""

from __future__ import annotations

from dataclasses import replace

from services.financial.application.meaning import own_categoriser
from services.financial.application.pair_own_transfers import pair_own_transfers
from services.financial.application.records.changing import Changing
from services.financial.domain.period import Period
from services.financial.domain.transaction import Transaction, fingerprint


async def enter_anew(changing: Changing, before: Transaction, after: Transaction) -> Transaction:
    """Save it, and answer with it as it is on record then.

    Its old identity is retired, so that no file with the old line brings that back. Its transfers are looked for anew.
    """
    unit = changing.unit
    moved = (after.booked_on, after.amount) != (before.booked_on, before.amount)
    if moved:
        after = replace(after, transfer_pair_id=None)
    key = fingerprint(after.booked_on, after.amount, after.narration, after.reference)
    if key != before.fingerprint:
        after = replace(
            after, fingerprint=key, occurrence=await unit.transactions.claim_occurrence(before.account_id, key)
        )
        await unit.transactions.save([after])
        await unit.transactions.retire([before])
    else:
        await unit.transactions.save([after])
    await unit.accounts.adjust(before.account_id, after.amount - before.amount, 0)
    if moved:
        await pair_anew(changing, before, after)
    return await changing.transaction(after.id)


async def pair_anew(changing: Changing, *changed: Transaction) -> None:
    """Look for transfers around the days of these transactions."""
    days = [one.booked_on for one in changed]
    categoriser = await own_categoriser(changing.unit, changing.user_id, changing.rules)
    for day in sorted(set(days)):
        await pair_own_transfers(changing.unit, changing.accounts, Period(day, day), categoriser)
