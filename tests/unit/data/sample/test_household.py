"""The sample household agrees with itself, and is the same whenever it is made."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from data.sample import generate_household
from data.sample.bulk import generate_rows

END = date(2026, 10, 20)


@pytest.mark.parametrize("seed", range(1, 9))
def test_the_truth_adds_up(seed: int) -> None:
    truth = generate_household(seed, end=END).truth
    for account in truth.opening:
        moved = sum((entry.amount for entry in truth.rows(account)), Decimal(0))
        assert truth.opening[account] + moved == truth.closing[account]
        running = truth.opening[account]
        for entry in truth.rows(account):
            running += entry.amount
            assert entry.balance_after == running
    assert sum(truth.spend_total.values()) == sum(sum(month.values()) for month in truth.spend.values())
    assert all(entry.date <= END for entry in truth.ledger)


@pytest.mark.parametrize("seed", range(1, 9))
def test_savings_never_run_dry_and_money_that_moves_between_accounts_arrives(seed: int) -> None:
    truth = generate_household(seed, end=END).truth
    assert all(entry.balance_after >= 0 for entry in truth.ledger if entry.account != "icici")
    assert sum((entry.amount for entry in truth.ledger if entry.category == "transfer"), Decimal(0)) == 0


def test_the_same_seed_gives_the_same_bytes_and_another_gives_others() -> None:
    first, again, other = (generate_household(seed, end=END) for seed in (7, 7, 8))
    assert dict(first.exports) == dict(again.exports)
    assert first.ofx("sbi") == again.ofx("sbi")
    assert all(first.exports[name] != other.exports[name] for name in first.exports)


def test_a_large_file_has_as_many_rows_as_were_asked_for() -> None:
    assert generate_rows(1000).count(b"\n") == 1001


@pytest.mark.parametrize("months", [0, 2, 241])
def test_impossible_spans_are_refused(months: int) -> None:
    with pytest.raises(ValueError, match="months"):
        generate_household(1, end=END, months=months)
