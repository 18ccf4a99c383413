"""Amounts as people in India write them."""

from decimal import ROUND_HALF_UP, Decimal


def written(amount: Decimal, currency: str = "INR") -> str:
    """`₹1,23,456.50` with lakhs and crores set off, or `USD 1,234.00`; a negative amount starts with a minus sign."""
    rounded = abs(amount).quantize(Decimal("0.01"), ROUND_HALF_UP)
    sign = "-" if amount < 0 and rounded else ""
    if currency != "INR":
        return f"{sign}{currency} {rounded:,.2f}"
    whole, paise = f"{rounded:f}".split(".")
    return f"{sign}₹{_indian_groups(whole)}.{paise}"


def _indian_groups(digits: str) -> str:
    head, tail = digits[:-3], digits[-3:]
    groups = [head[max(0, end - 2) : end] for end in range(len(head), 0, -2)]
    return ",".join([*reversed(groups), tail])
