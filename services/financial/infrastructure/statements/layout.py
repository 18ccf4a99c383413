"""What is known of a bank's table before its rows are read."""

from __future__ import annotations

from dataclasses import dataclass

from services.financial.domain.account import AccountType
from services.financial.infrastructure.statements.amount_columns import Mark
from services.financial.infrastructure.statements.headers import Columns


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """How a bank lays out its table.

    `unmarked` is what an amount without sign or mark means ("" when the file itself must tell), `assumed` what is
    taken when not even the file tells. `guarded` texts may have an apostrophe before them, against formulas. A file
    whose lines have no references is of the format `without_references`, where there is such a one.
    """

    format: str
    title: str
    columns: Columns
    institution: str = ""
    account_type: AccountType = AccountType.SAVINGS
    unmarked: Mark = ""
    assumed: Mark = "CR"
    currency: str = "INR"
    month_first: bool = False
    guarded: bool = False
    without_references: str = ""
