"""The truth as JSON, amounts as decimal strings."""

from __future__ import annotations

import json
from decimal import Decimal

from data.sample.model import ACCOUNTS, LedgerEntry, Truth


def truth_json(truth: Truth) -> str:
    """Opening and closing balances, row counts, spending, income, recurring payees, the outlier and the ledger."""
    return json.dumps(
        {
            "as_of": truth.as_of.isoformat(),
            "opening": {account: _text(truth.opening[account]) for account in ACCOUNTS},
            "closing": {account: _text(truth.closing[account]) for account in ACCOUNTS},
            "rows": {account: len(truth.rows(account)) for account in ACCOUNTS},
            "spend": {month: _texts(spent) for month, spent in truth.spend.items()},
            "spend_total": _texts(truth.spend_total),
            "income": _texts(truth.income),
            "recurring": [
                {
                    "payee": payee.payee, "category": payee.category, "amount": _text(payee.amount), "day": payee.day,
                    "cadence": payee.cadence, "occurrences": payee.occurrences,
                }
                for payee in truth.recurring
            ],
            "price_rise": {
                "payee": truth.price_rise.payee, "before": _text(truth.price_rise.before),
                "after": _text(truth.price_rise.after), "since": truth.price_rise.since.isoformat(),
            },
            "outlier": {
                "payee": truth.outlier.payee, "amount": _text(-truth.outlier.amount),
                "date": truth.outlier.date.isoformat(),
            },
            "ledger": [_entry(entry) for entry in truth.ledger],
        },
        indent=1,
    )  # fmt: skip


def _entry(entry: LedgerEntry) -> dict[str, str]:
    return {
        "date": entry.date.isoformat(),
        "account": entry.account,
        "amount": _text(entry.amount),
        "category": entry.category,
        "payee": entry.payee,
        "narration": entry.narration,
    }


def _texts(amounts: dict[str, Decimal]) -> dict[str, str]:
    return {key: _text(amount) for key, amount in amounts.items()}


def _text(amount: Decimal) -> str:
    return f"{amount:.2f}"
