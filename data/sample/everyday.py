"""Daily life: shops, meals, rides, fuel, doctors, journeys, cash."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from data.sample.diary import Diary
from data.sample.months import last_day

# Least and most purchases in a month, by category.
_VISITS = {
    "groceries": (9, 14), "dining": (11, 17), "transport": (9, 16), "fuel": (1, 4), "shopping": (3, 7),
    "health": (1, 4), "travel": (0, 2), "education": (0, 1), "gifts": (0, 1),
}  # fmt: skip


def write_month(diary: Diary, month: date) -> None:
    """One month's purchases and withdrawals of cash."""
    rng = diary.rng
    for category, (least, most) in _VISITS.items():
        for _ in range(rng.randint(least, most)):
            merchant = rng.choice(diary.plan.favourites[category])
            diary.buy(_some_day(diary, month), merchant, diary.price(merchant.low, merchant.high))
    for _ in range(rng.choice((0, 1, 1, 2))):
        _withdraw(diary, month)


def _withdraw(diary: Diary, month: date) -> None:
    amount = Decimal(diary.rng.choice((500, 1000, 2000, 2000, 3000, 5000)))
    if diary.rng.random() < 0.25:
        diary.debit(_some_day(diary, month), "sbi", amount, "cash", "ATM", diary.narrator.sbi_cash())
    else:
        diary.debit(_some_day(diary, month), "hdfc", amount, "cash", "ATM", diary.narrator.cash())


def _some_day(diary: Diary, month: date) -> date:
    return month.replace(day=diary.rng.randint(1, last_day(month)))
