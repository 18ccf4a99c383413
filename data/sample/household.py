"""One invented household, month by month, and its statements."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import cached_property
from random import Random
from types import MappingProxyType

from data.sample import commitments, everyday, occasions, settlement
from data.sample.book import Book
from data.sample.diary import Diary
from data.sample.model import ACCOUNTS, AccountKey, LedgerEntry, PriceRise, Truth
from data.sample.months import day_of, months_until
from data.sample.narration import Narrator
from data.sample.plan import Plan, draw_plan
from data.sample.pool import load_pool
from data.sample.recurring import recurring_payees
from data.sample.render_ofx import render_ofx
from data.sample.renderers import render_hdfc, render_icici, render_sbi

_LEAST_MONTHS = 3
_MOST_MONTHS = 240


@dataclass(frozen=True)
class SampleHousehold:
    """A household's plan, its statements as the banks would write them, and the truth behind them."""

    plan: Plan
    truth: Truth

    @cached_property
    def exports(self) -> Mapping[str, bytes]:
        """The three files by name: hdfc_savings.csv, sbi_savings.csv, icici_card.csv."""
        return MappingProxyType(
            {
                "hdfc_savings.csv": render_hdfc(self.truth.rows("hdfc")),
                "sbi_savings.csv": render_sbi(self.truth.rows("sbi"), self.plan),
                "icici_card.csv": render_icici(self.truth.rows("icici"), self.plan),
            }
        )

    def ofx(self, account: AccountKey = "sbi", *, version: int = 1) -> bytes:
        """One account's statement as OFX 1 (SGML) or OFX 2 (XML)."""
        return render_ofx(self.truth, self.plan, account, version)


def generate_household(seed: int, *, end: date, months: int = 24) -> SampleHousehold:
    """The household of that seed, over `months` calendar months, the last of them cut off after `end`.

    The same arguments always give the same bytes. Raises ValueError for fewer than 3 or more than 240 months.
    """
    if not _LEAST_MONTHS <= months <= _MOST_MONTHS:
        raise ValueError(f"a household is generated over {_LEAST_MONTHS} to {_MOST_MONTHS} months, not {months}")
    rng = Random(seed)  # noqa: S311 - a sample must be repeatable, not secret
    pool = load_pool()
    plan = draw_plan(rng, pool)
    opening: dict[AccountKey, Decimal] = {"hdfc": plan.opening_hdfc, "sbi": plan.opening_sbi, "icici": Decimal("0.00")}
    diary = Diary(rng, plan, pool, Narrator(rng, plan), Book(opening, end))
    calendar = months_until(end, months)
    rise = _draw_rise(rng, plan, calendar)
    outlier = _live(diary, calendar, rise)
    return SampleHousehold(plan, _truth(diary, end, rise, outlier))


def _live(diary: Diary, calendar: list[date], rise: PriceRise) -> tuple[date, str, Decimal]:
    """Write every month into the book; returns the day, payee and amount of the outlier."""
    outlier_at = diary.rng.randrange(len(calendar) // 2, len(calendar) - 1)
    outlier = calendar[outlier_at], "", Decimal(0)
    for index, month in enumerate(calendar):
        commitments.write_month(diary, calendar, index, rise)
        everyday.write_month(diary, month)
        occasions.write_month(diary, month)
        if index == outlier_at:
            outlier = occasions.big_purchase(diary, month)
        settlement.write_month(diary, month)
    return outlier


def _draw_rise(rng: Random, plan: Plan, calendar: list[date]) -> PriceRise:
    """One subscription becomes a fifth dearer somewhere in the middle."""
    subscription = rng.choice(plan.subscriptions)
    middle = len(calendar) // 2
    month = calendar[rng.randrange(max(1, middle - 4), min(len(calendar) - 1, middle + 4))]
    after = Decimal(int(subscription.amount * Decimal("1.2")) // 10 * 10 + 9)
    since = day_of(month, subscription.day)
    return PriceRise(subscription.merchant.name, subscription.amount, after, since)


def _truth(diary: Diary, end: date, rise: PriceRise, outlier: tuple[date, str, Decimal]) -> Truth:
    ledger = _with_card_serials(diary.rng, diary.book.entries())
    opening = diary.book.opening
    closing = {
        account: opening[account] + sum((entry.amount for entry in ledger if entry.account == account), Decimal(0))
        for account in ACCOUNTS
    }
    day, payee, amount = outlier
    biggest = next(e for e in ledger if (e.date, e.payee, e.amount) == (day, payee, -amount))
    return Truth(
        end,
        MappingProxyType(opening),
        MappingProxyType(closing),
        ledger,
        recurring_payees(diary.plan, ledger),
        rise,
        biggest,
    )


def _with_card_serials(rng: Random, ledger: tuple[LedgerEntry, ...]) -> tuple[LedgerEntry, ...]:
    """The card numbers its lines upwards, with gaps."""
    serial = 1_000_000_000
    numbered = []
    for entry in ledger:
        if entry.account == "icici":
            serial += rng.randrange(1, 9)
            numbered.append(replace(entry, reference=str(serial)))
        else:
            numbered.append(entry)
    return tuple(numbered)
