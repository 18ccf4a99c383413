"""Entries by hand that a bank's file brings once more are told of, and can be merged."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from services.financial.application.records.find_doubles import DoublesView, FindDoublesRequest
from services.financial.application.records.merge_double import MergeDoubleRequest
from services.financial.application.records.restore_transaction import RestoreTransactionRequest
from services.financial.application.rollups.check_figures import CheckFiguresRequest
from services.financial.domain.category import Category
from services.financial.domain.errors import NotADoubleError, TransactionNotFoundError
from services.shared.domain.ids import UserId, new_uuid
from tests.integration.services.financial.records.conftest import Records

FILE = b"Date,Narration,Amount\n2026-10-03,UPI-CHAI POINT-1,-40.00\n2026-10-09,SHOP,-500.00\n"


async def doubles(records: Records) -> DoublesView:
    return await records.do.find_doubles(FindDoublesRequest(user_id=records.user_id))


async def test_a_file_tells_of_what_was_entered_before_and_merging_counts_it_once(records: Records) -> None:
    await records.open("a", opening="1000")
    entered = await records.enter("a", "-40", "Tea", day=2, category=Category.DINING, note="with Asha", tags=("work",))
    await records.enter("a", "-500", "Shoes", day=1)
    view = await records.load("a", FILE)
    assert view.imported == 2
    (warning,) = view.warnings
    assert "1 line looks like what you had entered by hand (such as TEA" in warning
    assert await records.balance("a") == Decimal("-80.00")
    found = await doubles(records)
    assert found.count == 1
    (pair,) = found.doubles
    assert (pair.entered.transaction_id, pair.days_apart) == (entered.transaction_id, 1)

    merged = await records.do.merge_double(
        MergeDoubleRequest(
            user_id=records.user_id,
            entered_id=entered.transaction_id,
            booked_id=pair.booked.transaction_id,
        )
    )
    assert (merged.transaction_id, merged.date) == (pair.booked.transaction_id, date(2026, 10, 3))
    assert (merged.category, merged.note, merged.tags) == (Category.DINING, "with Asha", ("work",))
    assert await records.balance("a") == Decimal("-40.00")
    assert (await doubles(records)).count == 0
    assert await records.get(merged.transaction_id) == merged
    again = await records.load("a", FILE)
    assert (again.imported, again.warnings) == (0, ())
    with pytest.raises(TransactionNotFoundError):
        await records.get(entered.transaction_id)
    await records.do.restore_transaction(
        RestoreTransactionRequest(
            user_id=records.user_id,
            transaction_id=entered.transaction_id,
            version=1,
        )
    )
    assert await records.balance("a") == Decimal("-80.00")
    kept = await records.use_cases.check_figures(CheckFiguresRequest(user_id=records.user_id))
    assert (kept.wrong_sums, kept.wrong_accounts) == (0, 0)


async def test_two_payments_stay_two(records: Records) -> None:
    await records.open("a")
    await records.open("b")
    first = await records.enter("a", "-40", "Tea", day=2)
    await records.enter("b", "-40", "Tea", day=2)
    await records.load("a", FILE)
    assert [pair.entered.transaction_id for pair in (await doubles(records)).doubles] == [first.transaction_id]
    await records.edit(first.transaction_id, tags=["separate"])
    assert (await doubles(records)).count == 0
    lines = await records.all()
    booked = next(one for one in lines.values() if one.amount == Decimal(-500))
    with pytest.raises(NotADoubleError):
        await records.do.merge_double(
            MergeDoubleRequest(
                user_id=records.user_id, entered_id=first.transaction_id, booked_id=booked.transaction_id
            )
        )
    with pytest.raises(TransactionNotFoundError):
        await records.do.merge_double(
            MergeDoubleRequest(
                user_id=UserId(new_uuid()), entered_id=first.transaction_id, booked_id=booked.transaction_id
            )
        )
