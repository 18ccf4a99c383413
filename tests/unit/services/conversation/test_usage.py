"""Quotas: bounds of a day that say when they end."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from services.conversation.domain.usage.usage import Quota, QuotaExceededError, Usage

# 23:00 in India.
NOW = datetime(2026, 11, 24, 17, 30, tzinfo=UTC)
TAKEN = [
    Usage(
        day=date(2026, 11, 24),
        model="gpt",
        runs=3,
        prompt_tokens=900,
        completion_tokens=100,
        cost_usd=Decimal("0.05"),
    )
]


@pytest.mark.parametrize("quota", [Quota(), Quota(runs=4), Quota(tokens=1001), Quota(cost_usd=Decimal("0.06"))])
def test_below_its_bounds_a_quota_lets_everything_pass(quota: Quota) -> None:
    quota.require(TAKEN, NOW)


@pytest.mark.parametrize("quota", [Quota(runs=3), Quota(tokens=1000), Quota(cost_usd=Decimal("0.05"))])
def test_a_reached_bound_says_when_it_ends(quota: Quota) -> None:
    with pytest.raises(QuotaExceededError, match="midnight") as refused:
        quota.require(TAKEN, NOW)
    assert refused.value.extra["retry_after_s"] == 3601


def test_only_a_quota_with_a_bound_is_one() -> None:
    assert Quota().is_unbounded
    assert not Quota(runs=0).is_unbounded
