"""Edits stay, have a history, and can be undone; nothing comes back and nothing comes twice."""

from __future__ import annotations

import json as json_format
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncEngine

from data.outbox.tables import outbox
from services.financial.application.add_category_rule import AddCategoryRuleRequest
from services.financial.application.list_transactions import ListTransactionsRequest
from services.financial.application.records.delete_transaction import DeleteTransactionRequest
from services.financial.application.records.export_format import csv_lines, json_lines
from services.financial.application.records.export_transactions import ExportTransactionsRequest
from services.financial.application.records.get_history import GetTransactionHistoryRequest
from services.financial.application.records.own_categories import ChangeCategoryRequest, DeleteCategoryRequest
from services.financial.application.records.recategorise_transactions import RecategoriseTransactionsRequest
from services.financial.application.records.restore_transaction import RestoreTransactionRequest
from services.financial.application.records.views import HistoryView
from services.financial.application.views import TransactionView
from services.financial.domain.account import AccountType
from services.financial.domain.category import Category
from services.financial.domain.errors import (
    NotManualError,
    OwnCategoryExistsError,
    TransactionNotFoundError,
    VersionNotFoundError,
)
from services.financial.domain.filters import TransactionFilter
from services.shared.domain.errors import InvalidInputError
from services.shared.domain.ids import AccountId, TransactionId, UserId, new_uuid
from tests.integration.services.financial.records.conftest import HEADER, STATEMENT, Records


async def history(records: Records, transaction_id: TransactionId) -> HistoryView:
    return await records.do.get_transaction_history(
        GetTransactionHistoryRequest(user_id=records.user_id, transaction_id=transaction_id)
    )


async def restore(records: Records, transaction_id: TransactionId, version: int) -> TransactionView:
    return await records.do.restore_transaction(
        RestoreTransactionRequest(user_id=records.user_id, transaction_id=transaction_id, version=version)
    )


async def delete(records: Records, transaction_id: TransactionId) -> None:
    await records.do.delete_transaction(
        DeleteTransactionRequest(user_id=records.user_id, transaction_id=transaction_id)
    )


async def exported(records: Records, account: AccountId | None = None, *, json: bool = False) -> bytes:
    wanted = TransactionFilter(user_id=records.user_id, account_id=account)
    batches = await records.do.export_transactions(ExportTransactionsRequest(wanted=wanted))
    return b"".join([piece async for piece in (json_lines(batches) if json else csv_lines(batches))])


async def test_importing_again_undoes_no_edit_and_adds_nothing(records: Records) -> None:
    await records.open("a")
    await records.load("a", STATEMENT)
    tea, shop = sorted((await records.all()).values(), key=lambda one: abs(one.amount))
    pets = await records.category("Pets", Category.OTHER)
    edited = await records.edit(
        tea.transaction_id, own_category_id=pets, payee="The tea man", note="for the dog", tags=("dog", "Tea")
    )
    assert (edited.category, edited.own_category, edited.tags) == (Category.OTHER, "Pets", ("dog", "tea"))
    split = await records.split(shop.transaction_id, ("-600", Category.GROCERIES), ("-400", Category.GIFTS))
    again = await records.load("a", STATEMENT)
    assert (again.imported, again.duplicates) == (0, 2)
    await records.use_cases.add_category_rule(
        AddCategoryRuleRequest(user_id=records.user_id, pattern="man", category=Category.DINING)
    )
    assert await records.get(tea.transaction_id) == edited
    assert await records.get(shop.transaction_id) == split
    assert await records.balance("a") == Decimal("8960.00")


async def test_every_change_has_its_version_and_each_can_be_restored(records: Records) -> None:
    await records.open("a")
    await records.load("a", STATEMENT)
    shop = next(one for one in (await records.all()).values() if one.amount == -1000)
    states = [await records.get(shop.transaction_id)]
    states.append(await records.edit(shop.transaction_id, category=Category.SHOPPING))
    states.append(await records.edit(shop.transaction_id, note="for the flat", add_tags=("home",)))
    states.append(await records.split(shop.transaction_id, ("-1", Category.FUEL), ("-999", Category.RENT)))
    states.append(await records.edit(shop.transaction_id, payee="Avenue Supermarts", remove_tags=("home",)))
    made = await history(records, shop.transaction_id)
    assert [(one.version, one.change) for one in made.versions] == [
        (1, "recategorised"),
        (2, "edited"),
        (3, "split"),
        (4, "edited"),
    ]
    assert all(one.actor == "person" for one in made.versions)
    assert made.versions[0].before is not None
    assert made.versions[0].before.category is states[0].category
    assert made.versions[2].after is not None
    assert [part.amount for part in made.versions[2].after.parts] == [Decimal("-1.00"), Decimal("-999.00")]
    for version in (3, 0, 4, 1, 2):
        assert await restore(records, shop.transaction_id, version) == states[version]
        assert await records.get(shop.transaction_id) == states[version]
    assert len((await history(records, shop.transaction_id)).versions) == 9
    with pytest.raises(VersionNotFoundError):
        await restore(records, shop.transaction_id, 99)


async def test_an_edit_that_changes_nothing_is_no_version(records: Records) -> None:
    await records.open("a")
    one = await records.enter("a", "-10", "Tea", note="hot")
    await records.edit(one.transaction_id, note="hot")
    assert [version.change for version in (await history(records, one.transaction_id)).versions] == ["added"]
    with pytest.raises(InvalidInputError):
        await records.edit(one.transaction_id)


async def test_what_a_bank_wrote_stays(records: Records) -> None:
    await records.open("a")
    await records.load("a", STATEMENT)
    one = (await records.all()).popitem()[1]
    for change in ({"amount": Decimal(-1)}, {"booked_on": date(2026, 10, 3)}, {"description": "x"}):
        with pytest.raises(NotManualError):
            await records.edit(one.transaction_id, **change)
    with pytest.raises(NotManualError):
        await delete(records, one.transaction_id)


async def test_another_persons_transactions_do_not_exist(records: Records) -> None:
    await records.open("a")
    one = await records.enter("a", "-10", "Tea")
    stranger = Records(records.use_cases, UserId(new_uuid()))
    for attempt in (
        stranger.get(one.transaction_id),
        stranger.edit(one.transaction_id, note="x"),
        stranger.split(one.transaction_id, ("-5", Category.FUEL), ("-5", Category.RENT)),
        delete(stranger, one.transaction_id),
        restore(stranger, one.transaction_id, 1),
        history(stranger, one.transaction_id),
    ):
        with pytest.raises(TransactionNotFoundError):
            await attempt


async def test_an_entry_by_hand_moves_the_balance_with_every_change(records: Records) -> None:
    await records.open("a", opening="100")
    one = await records.enter("a", "-40.50", "Vegetables at the market")
    assert one.entered_by_hand
    assert await records.balance("a") == Decimal("59.50")
    await records.edit(one.transaction_id, amount=Decimal("-50"), booked_on=date(2026, 9, 30), description="Fruit")
    assert await records.balance("a") == Decimal("50.00")
    await delete(records, one.transaction_id)
    assert await records.balance("a") == Decimal("100.00")
    with pytest.raises(TransactionNotFoundError):
        await records.get(one.transaction_id)
    back = await restore(records, one.transaction_id, 1)
    assert (back.amount, back.narration) == (Decimal("-40.50"), "Vegetables at the market")
    assert await records.balance("a") == Decimal("59.50")
    changes = [version.change for version in (await history(records, one.transaction_id)).versions]
    assert changes == ["added", "edited", "deleted", "restored"]


async def test_an_export_imported_again_adds_nothing_whatever_was_done_in_between(records: Records) -> None:
    await records.open("a", opening="0.10")
    await records.load("a", STATEMENT)
    await records.enter("a", "-12.30", "=HYPERLINK(1)", note="line one\nline two", tags=("a tag",), reference="-7")
    edited = await records.enter("a", "250", "+91 refund", payee="@friend")
    gone = await records.enter("a", "-5", "'-quoted")
    for _ in range(2):
        await records.enter("a", "-3", "twice")
    before = await exported(records, records.accounts["a"])
    assert (await records.load("a", before)).imported == 0
    await records.edit(edited.transaction_id, amount=Decimal(260), note="was more")
    await delete(records, gone.transaction_id)
    again = await records.load("a", before)
    assert (again.imported, len(again.rejected)) == (0, 0)
    assert (await records.load("a", await exported(records, records.accounts["a"]))).imported == 0
    await records.open("b")
    assert (await records.load("b", before)).imported == 7
    for line in before.decode("utf-8-sig").splitlines():
        assert not any(cell.lstrip('"')[:1] in set("=+@") for cell in line.split(","))


async def test_a_card_account_can_be_exported_and_imported(records: Records) -> None:
    await records.open("card", AccountType.CREDIT_CARD)
    await records.enter("card", "-40", "Tea")
    await records.enter("card", "40", "Refund of tea")
    assert (await records.load("card", await exported(records))).imported == 0


async def test_json_holds_everything(records: Records) -> None:
    await records.open("a")
    one = await records.enter("a", "-100", "Shop", tags=("x",), note="n")
    await records.split(one.transaction_id, ("-60", Category.FUEL), ("-40", Category.RENT))
    objects = json_format.loads(await exported(records, json=True))
    assert [(o["amount"], o["tags"], o["note"], len(o["parts"])) for o in objects] == [("-100.00", ["x"], "n", 2)]
    assert json_format.loads(await exported(Records(records.use_cases, UserId(new_uuid())), json=True)) == []


async def test_many_at_once_after_a_dry_run(records: Records) -> None:
    await records.open("a")
    await records.load("a", STATEMENT)
    for number in range(5):
        await records.enter("a", f"-{number + 1}", "Sweets", category=Category.GIFTS if number == 0 else None)
    wanted = TransactionFilter(user_id=records.user_id, text="sweets")
    request = RecategoriseTransactionsRequest(wanted=wanted, category=Category.GIFTS, dry_run=True)
    tried = await records.do.recategorise_transactions(request)
    assert (tried.dry_run, tried.matching, tried.changed) == (True, 5, 4)
    assert tried.totals[0].total_debit == Decimal("14.00")
    assert sum(one.category is Category.GIFTS for one in (await _page(records))) == 1
    done = await records.do.recategorise_transactions(
        RecategoriseTransactionsRequest(wanted=wanted, category=Category.GIFTS)
    )
    assert (done.matching, done.changed) == (5, 4)
    rows = [one for one in await _page(records) if one.narration == "Sweets"]
    assert {one.category for one in rows} == {Category.GIFTS}
    sizes = sorted([len((await history(records, one.transaction_id)).versions) for one in rows])
    assert sizes == [1, 2, 2, 2, 2]
    with pytest.raises(InvalidInputError):
        await records.do.recategorise_transactions(
            RecategoriseTransactionsRequest(wanted=TransactionFilter(user_id=records.user_id), category=Category.GIFTS)
        )


async def _page(records: Records) -> tuple[TransactionView, ...]:
    view = await records.use_cases.list_transactions(ListTransactionsRequest(user_id=records.user_id, limit=200))
    return view.transactions


async def test_own_categories_are_renamed_moved_and_deleted_with_what_they_hold(records: Records) -> None:
    await records.open("a")
    pets = await records.category("Pets", Category.OTHER)
    with pytest.raises(OwnCategoryExistsError):
        await records.category("pets", Category.FUEL)
    one = await records.enter("a", "-10", "Vet", own_category_id=pets)
    rule = await records.use_cases.add_category_rule(
        AddCategoryRuleRequest(user_id=records.user_id, pattern="kennel", own_category_id=pets)
    )
    assert (rule.category, rule.own_category) == (Category.OTHER, "Pets")
    kennel = await records.enter("a", "-20", "Happy Kennel")
    assert kennel.own_category == "Pets"
    await records.do.change_category(
        ChangeCategoryRequest(user_id=records.user_id, category_id=pets, name="Animals", parent=Category.HEALTH)
    )
    for each in (one, kennel):
        now = await records.get(each.transaction_id)
        assert (now.category, now.own_category) == (Category.HEALTH, "Animals")
    later = await records.enter("a", "-30", "Kennel again")
    assert later.category is Category.HEALTH
    await records.do.delete_category(DeleteCategoryRequest(user_id=records.user_id, category_id=pets))
    now = await records.get(one.transaction_id)
    assert (now.category, now.own_category) == (Category.HEALTH, None)


async def test_what_moves_with_a_category_is_told(records: Records, postgres_engine: AsyncEngine) -> None:
    await records.open("a")
    pets = await records.category("Pets", Category.OTHER)
    toy = await records.enter("a", "-40", "A toy", own_category_id=pets)

    async def told() -> list[tuple[str, str]]:
        query = select(outbox.c.payload).where(
            outbox.c.key == str(records.user_id), outbox.c.name == "TransactionsRecorded"
        )
        async with postgres_engine.connect() as connection:
            payloads = (await connection.execute(query.order_by(outbox.c.position))).scalars()
            return [(one["id"], one["category"]) for payload in payloads for one in payload["transactions"]]

    renamed = ChangeCategoryRequest(user_id=records.user_id, category_id=pets, name="Animals")
    await records.do.change_category(renamed)
    await records.do.change_category(replace(renamed, parent=Category.GIFTS))
    assert await told() == [(str(toy.transaction_id), "other"), (str(toy.transaction_id), "gifts")]


async def test_a_rule_can_be_tried_first(records: Records) -> None:
    await records.open("a")
    one = await records.enter("a", "-10", "Obscure thing")
    request = AddCategoryRuleRequest(user_id=records.user_id, pattern="obscure", category=Category.TRAVEL, dry_run=True)
    assert (await records.use_cases.add_category_rule(request)).recategorised == 1
    assert await records.get(one.transaction_id) == one


async def test_a_transfer_by_hand_is_paired_and_let_go_again(records: Records) -> None:
    await records.open("bank")
    await records.open("wallet", AccountType.CASH)
    await records.load("bank", HEADER + b"05/10/26,NEFT DR-SELF TRANSFER,0000000000000009,05/10/26,500.00,,9500.00\n")
    out = (await records.all()).popitem()[1]
    into = await records.enter("wallet", "500", "SELF TRANSFER from bank")
    assert into.category is Category.TRANSFER
    assert (await records.get(out.transaction_id)).category is Category.TRANSFER
    await delete(records, into.transaction_id)
    alone = await records.get(out.transaction_id)
    back = await restore(records, into.transaction_id, 1)
    assert back.category is Category.TRANSFER
    await records.edit(into.transaction_id, category=Category.GIFTS)
    assert (await records.get(out.transaction_id)).category is alone.category
    await restore(records, into.transaction_id, 1)
    assert (await records.get(into.transaction_id)).category is Category.TRANSFER
