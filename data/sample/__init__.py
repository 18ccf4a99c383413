"""An invented Indian household: bank exports in the banks' own layouts, and the truth behind them.

Everything is drawn from a seed; no person, account or payment in it is real.
"""

from data.sample.bulk import generate_rows
from data.sample.household import SampleHousehold, generate_household
from data.sample.model import AccountKey, LedgerEntry, PriceRise, RecurringPayee, Truth

__all__ = [
    "AccountKey",
    "LedgerEntry",
    "PriceRise",
    "RecurringPayee",
    "SampleHousehold",
    "Truth",
    "generate_household",
    "generate_rows",
]
