"""Figures as a person reads them before approving something."""

from __future__ import annotations

from decimal import Decimal


def shown(amount: Decimal, currency: str) -> str:
    """₹1,50,000.00 in Indian grouping; other currencies as 1,500.00 USD."""
    if currency != "INR":
        return f"{amount:,f} {currency}"
    sign = "-" if amount < 0 else ""
    whole, point, rest = f"{abs(amount):f}".partition(".")
    return f"{sign}₹{_grouped(whole)}{point}{rest}"


def _grouped(digits: str) -> str:
    """The last three digits, then groups of two."""
    head, tail = digits[:-3], digits[-3:]
    groups = [head[max(end - 2, 0) : end] for end in range(len(head), 0, -2)][::-1]
    return ",".join([*groups, tail])
