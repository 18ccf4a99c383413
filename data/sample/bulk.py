"""A long HDFC statement, made quickly, for measuring imports."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from data.sample.pool import load_pool

_HEADER = "Date,Narration,Chq./Ref.No.,Value Dt,Withdrawal Amt.,Deposit Amt.,Closing Balance\r\n"
_GROUPS = ("groceries", "dining", "transport", "shopping", "health", "fuel")
_ROWS_A_DAY = 40


def generate_rows(count: int, *, seed: int = 1, end: date = date(2026, 10, 31)) -> bytes:
    """An HDFC savings CSV of `count` movements up to `end`, forty a day, with chained balances and unique references.

    The same arguments always give the same bytes.
    """
    rng = Random(seed)  # noqa: S311 - a sample must be repeatable, not secret
    names = [merchant.name for group in _GROUPS for merchant in load_pool().merchants[group]]
    first = end - timedelta(days=(count - 1) // _ROWS_A_DAY)
    paise = 50_000_000
    lines = [_HEADER]
    for index in range(count):
        day = f"{first + timedelta(days=index // _ROWS_A_DAY):%d/%m/%y}"
        credit = index % 100 == 0
        amount = rng.randrange(5_000_000, 9_000_000) if credit else rng.randrange(1_000, 150_000)
        paise += amount if credit else -amount
        name = rng.choice(names)
        narration = f"UPI-{name}-{name.split()[0].lower()}@ybl-YESB0YBLUPI-{index:012}-UPI"
        columns = f",{_rupees(amount)}" if credit else f"{_rupees(amount)},"
        lines.append(f"{day},{narration},{index:016},{day},{columns},{_rupees(paise)}\r\n")
    return "".join(lines).encode("ascii")


def _rupees(paise: int) -> str:
    sign = "-" if paise < 0 else ""
    return f"{sign}{abs(paise) // 100}.{abs(paise) % 100:02}"
