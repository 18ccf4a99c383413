"""What happens now and then: interest, school fees, taxes, bank charges, presents, dividends, one big purchase."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from data.sample.diary import Diary
from data.sample.months import day_of, last_day
from data.sample.plan import digits

_QUARTER_ENDS = {3, 6, 9, 12}
_SCHOOL_MONTHS = {1, 4, 7, 10}
SCHOOL_DAY = 10


def write_month(diary: Diary, month: date) -> None:
    """The occasions that fall into one month."""
    if month.month in _QUARTER_ENDS:
        _interest(diary, month)
    if month.month in _SCHOOL_MONTHS:
        school = diary.plan.school
        narration = diary.narrator.cheque(school.name)
        diary.debit(day_of(month, SCHOOL_DAY), "hdfc", diary.plan.school_fee, "education", school.name, narration)
    _taxes(diary, month)
    _charges(diary, month)
    if diary.rng.random() < 0.4:
        _present(diary, month)
    if diary.rng.random() < 0.12:
        _dividend(diary, month)


def big_purchase(diary: Diary, month: date) -> tuple[date, str, Decimal]:
    """The one outlier of the household, on the card; its day, payee and amount."""
    merchant = diary.rng.choice(diary.pool.merchants["big_purchases"])
    day, amount = (
        day_of(month, diary.rng.randrange(3, 13)),
        Decimal(diary.rng.randrange(merchant.low, merchant.high, 10)),
    )
    diary.card(day, merchant, amount)
    return day, merchant.name, amount


def _interest(diary: Diary, month: date) -> None:
    last = month.replace(day=last_day(month))
    amount = _quarterly_interest(diary.book.balance("hdfc", last))
    narration = f"INTEREST PAID TILL {last:%d-%b-%Y}".upper()
    diary.credit(last, "hdfc", amount, "interest", "HDFC BANK", narration)
    amount = _quarterly_interest(diary.book.balance("sbi", last))
    diary.credit(last, "sbi", amount, "interest", "SBI", "INTEREST CREDIT--")


def _quarterly_interest(balance: Decimal) -> Decimal:
    """A quarter of three percent a year, in whole rupees as banks credit it."""
    return (max(balance, Decimal(1000)) * 3 / 400).quantize(Decimal(1))


def _taxes(diary: Diary, month: date) -> None:
    rng, pay = diary.rng, diary.plan.first_job.pay
    if month.month in {9, 12, 3}:
        amount = Decimal(int(pay * rng.randrange(4, 11) / 1000) * 10)
        narration = f"CBDT DIRECT TAX-{digits(rng, 14)}-ADVANCE TAX"
        diary.debit(day_of(month, 14), "hdfc", amount, "tax", "CBDT DIRECT TAX", narration)
    if month.month == 3:
        amount = Decimal(rng.randrange(80, 900))
        diary.debit(day_of(month, 31), "hdfc", amount, "tax", "TDS", f"TDS DEDUCTED ON INTEREST FY{month:%Y}")


def _charges(diary: Diary, month: date) -> None:
    rng = diary.rng
    if month.month in {2, 8}:
        narration = f"INSTA ALERT CHG {month:%b%y}-INCL GST".upper()
        diary.debit(day_of(month, 3), "hdfc", Decimal("17.70"), "fees", "HDFC BANK", narration)
    if rng.random() < 0.06:
        narration = f"AMB CHRG INCL GST-{month:%b%Y}".upper()
        diary.debit(day_of(month, 5), "hdfc", Decimal("354.00"), "fees", "HDFC BANK", narration)
    if month.month == 5:
        diary.debit(day_of(month, 7), "icici", Decimal("500.00"), "fees", "ICICI CARD", "ANNUAL FEE")
        diary.debit(day_of(month, 7), "icici", Decimal("90.00"), "fees", "ICICI CARD", "IGST-CI@18%")
    if month.month == 6:
        diary.debit(day_of(month, 12), "sbi", Decimal("236.00"), "fees", "SBI", "DEBIT-ATMCARD AMC CHARGES--")


def _present(diary: Diary, month: date) -> None:
    friend = diary.rng.choice(diary.plan.friends)
    occasion = diary.rng.choice(("BIRTHDAY GIFT", "WEDDING GIFT", "DIWALI GIFT", "RAKHI GIFT"))
    amount = Decimal(diary.rng.choice((501, 1001, 1100, 2001, 2100, 2500, 5001)))
    day = day_of(month, diary.rng.randrange(1, 28))
    diary.debit(day, "hdfc", amount, "gifts", friend, diary.narrator.upi(friend, occasion))


def _dividend(diary: Diary, month: date) -> None:
    company = diary.rng.choice(("INFOSYS LTD", "ITC LIMITED", "TATA STEEL LTD", "COAL INDIA LTD", "ONGC LTD"))
    amount = Decimal(diary.rng.randrange(9000, 300_000)) / 100
    narration = f"ACH C- {company} DIVIDEND-{digits(diary.rng, 8)}"
    diary.credit(day_of(month, diary.rng.randrange(4, 26)), "hdfc", amount, "other_income", company, narration)
