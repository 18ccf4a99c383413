"""Summaries conserve money: a ledger kept in paise is the oracle."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction
from random import Random

from services.financial.domain.account import Account, AccountType
from services.financial.domain.category import Category
from services.financial.domain.filters import Grouping
from services.financial.domain.net_worth import balance_on, net_worth
from services.financial.domain.period import Month
from services.financial.domain.summary import share_percent, summarise_month, total_by
from services.financial.domain.transaction import CategorySource, Transaction
from services.shared.domain.ids import AccountId, TransactionId, UserId, new_uuid
from services.shared.domain.money import Money

NOW = datetime(2026, 11, 24, tzinfo=UTC)
USER = UserId(new_uuid())
ACCOUNTS = [AccountId(new_uuid()) for _ in range(3)]
INCOME = {"salary", "interest", "other_income"}


def rupees(paise: int) -> Money:
    return Money(Decimal(paise) / 100)


def a_transaction(account: AccountId, paise: int, category: Category, day: date) -> Transaction:
    return Transaction(
        id=TransactionId(new_uuid()),
        user_id=USER,
        account_id=account,
        booked_on=day,
        amount=rupees(paise),
        narration="",
        payee=f"P{paise % 3}",
        category=category,
        category_source=CategorySource.RULE,
        rule_id="",
        reference="",
        balance_after=None,
        fingerprint=b"",
        occurrence=0,
        import_id=None,
        line_no=0,
        created_at=NOW,
    )


def test_ten_thousand_months_lose_and_double_nothing() -> None:
    rng = Random(31)
    kinds = list(Category)
    for _ in range(10_000):
        lines = [
            (rng.choice(ACCOUNTS), rng.randint(-(10**9), 10**9), rng.choice(kinds), date(2026, 10, rng.randint(1, 31)))
            for _ in range(rng.randint(0, 8))
        ]
        rows = [a_transaction(*line) for line in lines]
        month = summarise_month(total_by(rows, Grouping.CATEGORY, "INR"), Month(2026, 10), "INR")
        spent: Counter[str] = Counter()
        for _, paise, category, _ in lines:
            if category not in INCOME | {"transfer"}:
                spent[category.value] -= paise
        assert month.income == rupees(sum(paise for _, paise, category, _ in lines if category in INCOME))
        assert {key.value: value for key, value in month.by_category.items()} == {
            key: rupees(paise) for key, paise in spent.items()
        }
        assert month.spending == rupees(sum(spent.values()))
        for grouping in Grouping:
            groups = total_by(rows, grouping, "INR")
            assert Money.total(group.amount for group in groups) == rupees(sum(line[1] for line in lines))
            assert sum(group.count for group in groups) == len(lines)


def test_ten_thousand_balances_and_net_worths() -> None:
    rng = Random(32)
    for _ in range(10_000):
        opening = {account: rng.randint(-(10**9), 10**9) for account in ACCOUNTS}
        lines = [
            (rng.choice(ACCOUNTS), rng.randint(-(10**9), 10**9), Category.OTHER, date(2026, 10, rng.randint(1, 31)))
            for _ in range(rng.randint(0, 8))
        ]
        rows = [a_transaction(*line) for line in lines]
        day = rng.choice((None, date(2026, 10, rng.randint(1, 31))))
        expected = {
            account: opening[account] + sum(p for a, p, _, on in lines if a == account and (day is None or on <= day))
            for account in ACCOUNTS
        }
        balances = [balance_on(an_account(account, opening[account]), rows, day) for account in ACCOUNTS]
        assert balances == [rupees(expected[account]) for account in ACCOUNTS]
        worth = net_worth(balances, "INR")
        assert worth.assets == rupees(sum(paise for paise in expected.values() if paise > 0))
        assert worth.liabilities == rupees(-sum(paise for paise in expected.values() if paise < 0))
        assert worth.total == rupees(sum(expected.values()))


def an_account(account_id: AccountId, opening: int) -> Account:
    return Account(
        id=account_id,
        user_id=USER,
        account_type=AccountType.SAVINGS,
        name="A",
        institution="B",
        opening_balance=rupees(opening),
        created_at=NOW,
    )


def test_ten_thousand_shares_are_rounded_to_a_tenth_half_to_even() -> None:
    """The oracle is `round` of a Fraction, which is exact, and half to even."""
    rng = Random(33)
    for _ in range(10_000):
        whole = rng.choice((rng.randint(1, 10**9), 2000, 800, 1600))
        part = rng.randint(-whole, whole)
        assert share_percent(rupees(part), rupees(whole)) * 10 == round(Fraction(part * 1000, whole))
    assert share_percent(rupees(5), rupees(0)) == 0
