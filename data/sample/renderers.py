"""Statements in the layouts of HDFC Bank, State Bank of India and ICICI cards, to the byte."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal

from data.sample.model import LedgerEntry
from data.sample.plan import Plan

_HDFC_HEADER = (
    "Date", "Narration", "Chq./Ref.No.", "Value Dt", "Withdrawal Amt.", "Deposit Amt.", "Closing Balance",
)  # fmt: skip
_SBI_HEADER = ("Txn Date", "Value Date", "Description", "Ref No./Cheque No.", "Debit", "Credit", "Balance")
_ICICI_HEADER = (
    "Date", "Sr.No.", "Transaction Details", "Reward Point Header", "Intl.Amount", "Amount(in Rs)", "BillingAmountSign",
)  # fmt: skip


def render_hdfc(entries: Iterable[LedgerEntry]) -> bytes:
    """HDFC savings: no preamble, dates dd/mm/yy, plain amounts, an empty cell in the column that does not apply."""
    return _csv([_HDFC_HEADER, *(_hdfc_row(entry) for entry in entries)])


def _hdfc_row(entry: LedgerEntry) -> Sequence[str]:
    day = f"{entry.date:%d/%m/%y}"
    out, into = _two_columns(f"{abs(entry.amount):.2f}", entry.amount, blank="")
    return day, entry.narration, entry.reference, day, out, into, f"{entry.balance_after:.2f}"


def render_sbi(entries: Iterable[LedgerEntry], plan: Plan) -> bytes:
    """SBI savings: a preamble, dates as 2 Dec 2024, Indian grouping, a space in the column that does not apply."""
    preamble = (
        ("Account Name", f": MR {plan.first_job.person}"),
        ("Account Number", f": _{plan.sbi_account}"),
        ("Account Description", ": REGULAR SB CHQ-INDIVIDUALS"),
        (),
    )
    return _csv([*preamble, _SBI_HEADER, *(_sbi_row(entry) for entry in entries)])


def _sbi_row(entry: LedgerEntry) -> Sequence[str]:
    day = spelt_day(entry.date)
    out, into = _two_columns(indian(abs(entry.amount)), entry.amount, blank=" ")
    return day, day, entry.narration, entry.reference, out, into, indian(entry.balance_after)


def render_icici(entries: Iterable[LedgerEntry], plan: Plan) -> bytes:
    """ICICI card: a preamble, dates dd/mm/yyyy, amounts without sign and CR on payments and refunds."""
    preamble = (
        ("Accountno:", f"{plan.icici_card[-4:]:0>16}"),
        ("Customer Name:", f"MR {plan.first_job.person}"),
        (),
    )
    return _csv([*preamble, _ICICI_HEADER, *(_icici_row(entry) for entry in entries)])


def _icici_row(entry: LedgerEntry) -> Sequence[str]:
    sign = "CR" if entry.amount > 0 else ""
    return f"{entry.date:%d/%m/%Y}", entry.reference, entry.narration, "0", "0", f"{abs(entry.amount):.2f}", sign


def indian(amount: Decimal) -> str:
    """An amount with Indian grouping: 1,45,500.00."""
    whole, _, paise = f"{abs(amount):.2f}".partition(".")
    head, tail = whole[:-3], whole[-3:]
    groups = [head[max(0, end - 2) : end] for end in range(len(head), 0, -2)][::-1]
    return ("-" if amount < 0 else "") + ",".join([*groups, tail]) + "." + paise


def spelt_day(day: date) -> str:
    """A date as SBI writes it: 2 Dec 2024."""
    return f"{day.day} {day:%b %Y}"


def _two_columns(text: str, amount: Decimal, blank: str) -> tuple[str, str]:
    return (text, blank) if amount < 0 else (blank, text)


def _csv(rows: Iterable[Sequence[str]]) -> bytes:
    target = io.StringIO(newline="")
    csv.writer(target, lineterminator="\r\n").writerows(rows)
    return target.getvalue().encode("utf-8")
