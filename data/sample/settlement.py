"""Moves between the household's own accounts: the card's bill, and money between HDFC and SBI."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from data.sample.diary import Diary
from data.sample.model import AccountKey
from data.sample.months import day_of, last_day

_FLOOR = Decimal(12_000)
_TRANSFER_DAY = 2


def write_month(diary: Diary, month: date) -> None:
    """Pay the card's bill, then keep both bank accounts above the floor.

    Call it when everything else of the month is in the book.
    """
    _pay_card(diary, month)
    hdfc, sbi = _spare(diary, "hdfc", month), _spare(diary, "sbi", month)
    usual = Decimal(diary.rng.randrange(5, 16) * 1000)
    if hdfc < 0 < sbi:
        _transfer(diary, month, "sbi", min(_rounded_up(-hdfc), sbi))
    elif hdfc > 0 and (sbi < 0 or hdfc > usual):
        _transfer(diary, month, "hdfc", min(max(_rounded_up(-sbi), usual), hdfc))


def _pay_card(diary: Diary, month: date) -> None:
    """What was owed a fortnight before the bill's day is paid in full."""
    day = day_of(month, diary.plan.bill_day)
    owed = -diary.book.balance("icici", day - timedelta(days=15))
    if owed <= 0:
        return
    narration, payee = diary.narrator.card_bill()
    diary.debit(day, "hdfc", owed, "transfer", payee, narration)
    received = "PAYMENT RECEIVED" if diary.plan.pays_card_through_cred else "BBPS PAYMENT RECEIVED"
    diary.credit(day, "icici", owed, "transfer", "ICICI CARD", received)


def _spare(diary: Diary, account: AccountKey, month: date) -> Decimal:
    """How far above the floor the account stays from the transfer's day to the month's end."""
    until = month.replace(day=last_day(month))
    return diary.book.lowest(account, day_of(month, _TRANSFER_DAY), until) - _FLOOR


def _transfer(diary: Diary, month: date, source: AccountKey, amount: Decimal) -> None:
    out_of_hdfc = source == "hdfc"
    hdfc_narration, sbi_narration = diary.narrator.own_transfer(out_of_hdfc=out_of_hdfc)
    day = day_of(month, _TRANSFER_DAY)
    hdfc_amount = -amount if out_of_hdfc else amount
    diary.book.put(day, "hdfc", hdfc_amount, "transfer", "SELF", hdfc_narration, diary.reference("hdfc"))
    diary.book.put(day, "sbi", -hdfc_amount, "transfer", "SELF", sbi_narration, "")


def _rounded_up(amount: Decimal) -> Decimal:
    return Decimal(-(-int(amount) // 1000) * 1000 + 1000)
