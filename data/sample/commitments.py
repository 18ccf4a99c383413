"""What comes and goes every month on its day: pay, rent, mandates, subscriptions, bills."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from data.sample.diary import Diary
from data.sample.model import PriceRise
from data.sample.months import day_of
from data.sample.plan import Job

_RENT_TERM_MONTHS = 11  # the usual length of an Indian rent agreement


def write_month(diary: Diary, months: list[date], index: int, rise: PriceRise) -> None:
    """One month's fixed income and payments."""
    month = months[index]
    _pay(diary, months, index)
    _rent(diary, month, index)
    for mandate in diary.plan.mandates:
        name = mandate.merchant.name
        narration = diary.narrator.mandate(name, mandate.reference)
        diary.debit(day_of(month, mandate.day), "hdfc", mandate.amount, mandate.merchant.category, name, narration)
    _subscriptions(diary, month, rise)
    _bills(diary, month)


def _pay(diary: Diary, months: list[date], index: int) -> None:
    month, plan, narrator = months[index], diary.plan, diary.narrator
    first, second = plan.first_job, plan.second_job
    pay = pay_in(first, months, index)
    day = day_of(month, first.day)
    diary.credit(day, "hdfc", pay, "salary", first.employer, narrator.salary_hdfc(month, "SALARY"))
    if month.month == 3:
        bonus = (pay * Decimal("1.4")).quantize(Decimal(1))
        diary.credit(day_of(month, 29), "hdfc", bonus, "salary", first.employer, narrator.salary_hdfc(month, "BONUS"))
    second_pay = pay_in(second, months, index)
    day = day_of(month, second.day)
    diary.credit(day, "sbi", second_pay, "salary", second.employer, narrator.salary_sbi(month, "SALARY"))


def pay_in(job: Job, months: list[date], index: int) -> Decimal:
    """The monthly pay in that month: raised once a year, in the job's month, after the first half year."""
    raises = sum(1 for at in range(6, index + 1) if months[at].month == job.raise_month)
    pay = job.pay
    for _ in range(raises):
        pay = (pay * (100 + job.raise_percent) / 100).quantize(Decimal(1))
    return pay


def rent_in(diary: Diary, index: int) -> Decimal:
    """The rent of the month with that index: eight percent more with every new agreement, where the rent rises."""
    rent = diary.plan.rent
    for _ in range(index // _RENT_TERM_MONTHS if diary.plan.rent_rises else 0):
        rent = Decimal(int(rent * Decimal("1.08") / 100) * 100)
    return rent


def _rent(diary: Diary, month: date, index: int) -> None:
    plan = diary.plan
    day = day_of(month, plan.rent_day)
    diary.debit(day, "hdfc", rent_in(diary, index), "rent", plan.landlord, diary.narrator.rent(month))


def _subscriptions(diary: Diary, month: date, rise: PriceRise) -> None:
    for subscription in diary.plan.subscriptions:
        merchant, day = subscription.merchant, day_of(month, subscription.day)
        risen = merchant.name == rise.payee and day >= rise.since
        amount = rise.after if risen else subscription.amount
        if subscription.account == "icici":
            diary.card(day, merchant, amount)
        else:
            narration = diary.narrator.upi(merchant.name, "MANDATE EXECUTE")
            diary.debit(day, "hdfc", amount, merchant.category, merchant.name, narration)


def _bills(diary: Diary, month: date) -> None:
    plan, rng = diary.plan, diary.rng
    summer = month.month in {4, 5, 6}
    power = diary.price(plan.electricity.low, plan.electricity.high) * (2 if summer else 1)
    diary.debit(
        day_of(month, rng.randrange(6, 22)), "hdfc", power, "utilities", plan.electricity.name,
        diary.narrator.upi(plan.electricity.name, "ELECTRICITY BILL"),
    )  # fmt: skip
    diary.debit(
        day_of(month, plan.broadband_day), "hdfc", plan.broadband_amount, "utilities", plan.broadband.name,
        diary.narrator.upi(plan.broadband.name),
    )  # fmt: skip
    for phone in plan.phones:
        if rng.random() < 0.7:
            amount = Decimal(rng.randrange(phone.low, phone.high))
            diary.debit(
                day_of(month, rng.randrange(2, 28)), "sbi", amount, "utilities", phone.name,
                diary.narrator.any_upi("sbi", phone.name),
            )  # fmt: skip
    if rng.random() < 0.6:
        amount = Decimal(rng.randrange(plan.gas.low, plan.gas.high))
        day = day_of(month, rng.randrange(2, 28))
        diary.debit(day, "hdfc", amount, "utilities", plan.gas.name, diary.narrator.upi(plan.gas.name))
