"""What a bank statement says, whatever bank and file format it came from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal, Protocol

from services.financial.domain.account import AccountType
from services.shared.domain.money import Money


@dataclass(frozen=True, slots=True)
class StatementLine:
    """One movement on the account.

    `line_no` is the 1-based line in the file, as an editor shows it. `amount` is signed as seen by the account:
    negative is money out, or a purchase on a card. `balance_after` is negative when the account owes.
    """

    line_no: int
    booked_on: date
    amount: Money
    narration: str
    reference: str = ""
    balance_after: Money | None = None


@dataclass(frozen=True, slots=True)
class RejectedLine:
    """A line that should be a movement and cannot be read; `reason` is a sentence for a person."""

    line: int
    reason: str


@dataclass(frozen=True, slots=True)
class AccountHint:
    """What the file says of its account. A bank that is not known is "". No more than the last four digits are kept."""

    institution: str
    account_type: AccountType
    masked_number: str | None = None


@dataclass(frozen=True, slots=True)
class ParsedStatement:
    """A file read: `lines` oldest first, whatever the order in the file.

    `warnings` are sentences about lines that were kept although something about them is odd, such as an amount that
    the running balance contradicts.
    """

    format: str
    lines: tuple[StatementLine, ...]
    rejected: tuple[RejectedLine, ...] = ()
    account_hint: AccountHint | None = None
    warnings: tuple[str, ...] = ()

    @property
    def opening_balance(self) -> Money | None:
        """The balance before the first line, where the file gives running balances, or one after its last line."""
        if not self.lines:
            return None
        first, last = self.lines[0], self.lines[-1]
        if first.balance_after is not None:
            return first.balance_after - first.amount
        if last.balance_after is None or self.rejected:
            return None
        return last.balance_after - Money.total((line.amount for line in self.lines), last.amount.currency)


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnMapping:
    """Which column of a CSV holds what, said by the person, for a file that is not recognised by itself.

    Columns are named as in the header line; case, spaces and punctuation do not matter. The amount is either one
    `amount` column (with its sign, or with a `direction` column of Dr/Cr), or a `debit` and a `credit` column.
    `unsigned_is` says what an amount without any sign or mark means. A `delimiter` of None is found out.
    """

    date: str
    narration: str
    amount: str | None = None
    debit: str | None = None
    credit: str | None = None
    direction: str | None = None
    balance: str | None = None
    reference: str | None = None
    unsigned_is: Literal["credit", "debit"] = "credit"
    date_order: Literal["day-first", "month-first"] = "day-first"
    delimiter: str | None = None
    currency: str = "INR"
    account_type: AccountType = AccountType.SAVINGS
    institution: str = ""


class StatementReader(Protocol):
    """Reads a file's bytes. The format is found from the content; the name only serves messages.

    Raises UnsupportedFormatError when nothing recognises the content, InvalidInputError when it is empty or damaged
    as a whole, TooLargeError when it is beyond the documented bounds.
    """

    def __call__(self, content: bytes, filename: str = "", *, mapping: ColumnMapping | None = None) -> ParsedStatement:
        """Everything that the file says."""
        ...
