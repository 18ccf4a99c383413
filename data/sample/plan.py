"""The facts of one household, drawn once: who they are, what they earn, what they owe every month."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from random import Random

from data.sample.pool import Merchant, Pool


@dataclass(frozen=True, slots=True)
class Subscription:
    """A service paid on a fixed day of the month."""

    merchant: Merchant
    amount: Decimal
    day: int
    account: str


@dataclass(frozen=True, slots=True)
class Mandate:
    """A debit by mandate on a fixed day of the month; `reference` is the mandate's number."""

    merchant: Merchant
    amount: Decimal
    day: int
    reference: str


@dataclass(frozen=True, slots=True)
class Job:
    """Monthly pay on a fixed day from an employer; `sender` is the employer's bank (the first letters of its IFSC)."""

    employer: str
    person: str
    sender: str
    pay: Decimal
    day: int
    raise_month: int
    raise_percent: int


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything that stays the same for the household; amounts in rupees."""

    city: str
    first_job: Job
    second_job: Job
    landlord: str
    landlord_bank: str
    rent: Decimal
    rent_day: int
    rent_rises: bool
    rent_by_transfer: bool
    mandates: tuple[Mandate, ...]
    subscriptions: tuple[Subscription, ...]
    electricity: Merchant
    broadband: Merchant
    broadband_amount: Decimal
    broadband_day: int
    phones: tuple[Merchant, ...]
    gas: Merchant
    school: Merchant
    school_fee: Decimal
    favourites: dict[str, tuple[Merchant, ...]]
    friends: tuple[str, ...]
    hdfc_account: str
    sbi_account: str
    icici_card: str
    debit_card: str
    bill_day: int
    pays_card_through_cred: bool
    opening_hdfc: Decimal
    opening_sbi: Decimal
    scale: Decimal


# How many merchants of each category one household goes to.
_FAVOURITES = {
    "groceries": 8, "dining": 9, "transport": 5, "fuel": 3, "shopping": 9, "health": 5, "travel": 5, "education": 2,
    "gifts": 2,
}  # fmt: skip
_BANKS = ("CITI", "DEUT", "HSBC", "UTIB", "KKBK", "ICIC")


def draw_plan(rng: Random, pool: Pool) -> Plan:
    """A household drawn from the pool; its spending is in proportion to its pay."""
    pay = Decimal(rng.randrange(78_000, 190_000, 500))
    surname = rng.choice(pool.last_names)
    first, second, *friends = rng.sample(pool.first_names, 7)
    employers = rng.sample(pool.employers, 2)
    city = rng.choice(sorted(pool.cities))
    others = [name for name in pool.last_names if name != surname]
    broadband = rng.choice(pool.merchants["broadband"])
    school = rng.choice(pool.merchants["schools"])
    return Plan(
        city=city,
        first_job=_job(rng, employers[0], f"{first} {surname}", pay, rng.choice((28, 30, 1))),
        second_job=_job(rng, employers[1], f"{second} {surname}", _rounded(pay * rng.randrange(45, 85) / 100), 27),
        landlord=f"{friends[0]} {rng.choice(others)}",
        landlord_bank=rng.choice(("KKBK", "UTIB", "PUNB", "BARB", "IDFB", "MAHB")),
        rent=_rounded(pay * rng.randrange(17, 24) / 100, 500),
        rent_day=rng.randrange(3, 6),
        rent_rises=rng.random() < 0.5,
        rent_by_transfer=rng.random() < 0.3,
        mandates=_draw_mandates(rng, pool, pay),
        subscriptions=_draw_subscriptions(rng, pool),
        electricity=pool.named("electricity", pool.cities[city]),
        broadband=broadband,
        broadband_amount=Decimal(rng.randrange(broadband.low, broadband.high + 1)),
        broadband_day=rng.randrange(8, 20),
        phones=tuple(rng.sample(pool.merchants["telecom"], 2)),
        gas=rng.choice(pool.merchants["gas"]),
        school=school,
        school_fee=Decimal(rng.randrange(school.low, school.high, 50)),
        favourites={group: tuple(rng.sample(pool.merchants[group], count)) for group, count in _FAVOURITES.items()},
        friends=tuple(f"{friend} {rng.choice(others)}" for friend in friends[1:]),
        hdfc_account=digits(rng, 14, "5010"),
        sbi_account=digits(rng, 17, "000000"),
        icici_card=f"{digits(rng, 6, '4')}XXXX{digits(rng, 4)}",
        debit_card=f"{digits(rng, 6, '4')}XXXXXX{digits(rng, 4)}",
        bill_day=rng.randrange(16, 23),
        pays_card_through_cred=rng.random() < 0.3,
        opening_hdfc=Decimal(rng.randrange(6_000_000, 18_000_000)) / 100,
        opening_sbi=Decimal(rng.randrange(9_000_000, 30_000_000)) / 100,
        scale=max(Decimal("0.55"), min(Decimal("1.15"), pay / 150_000)),
    )


def digits(rng: Random, count: int, prefix: str = "") -> str:
    """A number of `count` digits that begins with `prefix`."""
    return prefix + "".join(rng.choice("0123456789") for _ in range(count - len(prefix)))


def _rounded(amount: Decimal, step: int = 100) -> Decimal:
    return Decimal(int(amount / step) * step)


def _job(rng: Random, employer: str, person: str, pay: Decimal, day: int) -> Job:
    return Job(employer, person, rng.choice(_BANKS), pay, day, rng.choice((1, 4, 7)), rng.randrange(6, 14))


def _draw_mandates(rng: Random, pool: Pool, pay: Decimal) -> tuple[Mandate, ...]:
    days = rng.sample(range(5, 16), 4)
    affordable = [merchant for merchant in pool.merchants["loan_emi"] if merchant.low < pay / 7]
    chosen = [
        rng.choice(affordable),
        *rng.sample(pool.merchants["insurance"], rng.choice((1, 2))),
        rng.choice(pool.merchants["investments"]),
    ]
    return tuple(_mandate(rng, merchant, pay, day) for merchant, day in zip(chosen, days, strict=False))


def _mandate(rng: Random, merchant: Merchant, pay: Decimal, day: int) -> Mandate:
    high = max(merchant.low + 1, min(merchant.high, int(pay / 7)))
    step = 500 if merchant.category == "investments" else 1
    amount = Decimal(rng.randrange(merchant.low, high, step))
    return Mandate(merchant, amount, day, digits(rng, 10))


def _draw_subscriptions(rng: Random, pool: Pool) -> tuple[Subscription, ...]:
    count = rng.randrange(3, 6)
    candidates = [merchant for merchant in pool.merchants["subscriptions"] if merchant.name != "NETFLIX"]
    days = rng.sample(range(2, 28), count)
    return tuple(
        Subscription(merchant, _price(rng, merchant), day, "icici" if "card" in merchant.via else "hdfc")
        for merchant, day in zip(rng.sample(candidates, count), days, strict=True)
    )


def _price(rng: Random, merchant: Merchant) -> Decimal:
    """Services are priced just below a round figure; the span leaves room for a rise."""
    return Decimal(rng.choice(sorted({merchant.low, (merchant.low + merchant.high) // 20 * 10 + 9})))
