"""Whether a statement can be this account's, and whether its balances agree with it."""

from __future__ import annotations

from typing import Final

from services.financial.domain.account import Account, AccountType
from services.financial.domain.errors import StatementMismatchError
from services.financial.domain.statement import ParsedStatement
from services.shared.domain.money import Money

_BANK: Final = frozenset({AccountType.SAVINGS, AccountType.CURRENT})
_TAKES_CARD: Final = frozenset({AccountType.CREDIT_CARD, AccountType.OTHER})
_DEBTS: Final = frozenset({AccountType.CREDIT_CARD, AccountType.LOAN})
# In these layouts the kind of account is a guess or was said by the person, not by the bank.
_UNCERTAIN_FORMATS: Final = frozenset({"generic-csv", "mapped-csv"})


def require_fitting(parsed: ParsedStatement, account: Account) -> None:
    """Refuse a statement that is certainly of another kind of account or in another currency."""
    currencies = {line.amount.currency for line in parsed.lines}
    if currencies - {account.currency}:
        raise StatementMismatchError(
            f"The statement is in {', '.join(sorted(currencies))} and the account '{account.name}' in "
            f"{account.currency}. Import it into an account of its own currency."
        )
    kind = _certain_kind(parsed)
    if kind is not None and _contradicts(kind, account.account_type):
        raise StatementMismatchError(
            f"This is a {_words(kind)} statement and '{account.name}' is a {_words(account.account_type)} account. "
            f"Import it into your {_words(kind)} account, or open one first."
        )


def balance_warning(parsed: ParsedStatement, account: Account, sum_to_last_line: Money) -> str | None:
    """A sentence when the last line's running balance is not what the account comes to; None when it is."""
    if not parsed.lines:
        return None
    last = parsed.lines[-1]
    stated, computed = last.balance_after, account.opening_balance + sum_to_last_line
    if stated is None or stated == computed:
        return None
    fitting = stated - sum_to_last_line
    return (
        f"On {last.booked_on} the statement's balance is {stated}, and '{account.name}' comes to {computed}. Either "
        f"statements are missing, or the opening balance should be {fitting} instead of {account.opening_balance}."
    )


def _certain_kind(parsed: ParsedStatement) -> AccountType | None:
    if parsed.account_hint is None or parsed.format in _UNCERTAIN_FORMATS:
        return None
    return parsed.account_hint.account_type


def _contradicts(kind: AccountType, account_type: AccountType) -> bool:
    if kind is AccountType.CREDIT_CARD:
        return account_type not in _TAKES_CARD
    return kind in _BANK and account_type in _DEBTS


def _words(kind: AccountType) -> str:
    return kind.value.replace("_", " ")
