"""The goal tools through the gateway, on the real use cases: reads, and writes with what they say beforehand."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from services.goals.domain.savings import AccountBalance
from services.goals.infrastructure.wiring import build_use_cases
from services.shared.domain.clock import FixedClock
from services.shared.domain.errors import InvalidInputError, NotFoundError
from services.shared.domain.identity import Identity
from services.shared.domain.ids import AccountId, UserId, new_uuid
from services.shared.domain.money import Money
from services.shared.infrastructure.effect_ledger import PostgresEffectLedger
from tests.support.sealing import CIPHER
from tools.gateway import ToolGateway
from tools.goal_family import goal_tools

CLOCK = FixedClock(datetime(2026, 11, 24, 12, tzinfo=UTC))
SAVINGS = AccountId(new_uuid())
TRIP = {
    "name": "Trip to Ladakh",
    "goal_type": "travel",
    "target_amount": "150000",
    "target_date": "2028-11-24",
    "saved_amount": "25000",
    "monthly_contribution": "5500",
}


class OneAccount:
    """Every person has the same account."""

    async def of(self, user_id: UserId) -> Mapping[AccountId, AccountBalance]:
        return {SAVINGS: AccountBalance(SAVINGS, "HDFC savings", Money(Decimal("80000.40")))}


@pytest.fixture
def gateway(postgres_engine: AsyncEngine) -> ToolGateway:
    goals = build_use_cases(postgres_engine, CLOCK, OneAccount())
    return ToolGateway(goal_tools(goals), PostgresEffectLedger(postgres_engine, CIPHER))


@pytest.fixture
def caller(unique_user: UserId) -> Identity:
    return Identity(unique_user, frozenset({"goals:read", "goals:write"}))


async def write(gateway: ToolGateway, caller: Identity, tool: str, arguments: dict[str, Any]) -> dict[str, Any]:
    return await gateway.write(caller, tool, arguments, key=str(new_uuid()))


async def test_a_goal_is_made_once_per_key_and_told_of_beforehand(gateway: ToolGateway, caller: Identity) -> None:
    prepared = await gateway.preview(caller, "create_goal", TRIP)
    assert prepared.preview.summary == "Set the goal 'Trip to Ladakh': ₹1,50,000.00 by 2028-11-24."
    details = dict(prepared.preview.details)
    assert details["Planned each month"] == "₹5,500.00, 0.00% more each year"
    assert details["It will cost on that day"] == "₹1,65,375.00"
    assert (await gateway.run(caller, "list_goals", {}))["goals"] == []
    first = await gateway.write(caller, "create_goal", prepared.arguments, key="run:1:0")
    again = await gateway.write(caller, "create_goal", prepared.arguments, key="run:1:0")
    assert first == again
    (goal,) = (await gateway.run(caller, "list_goals", {}))["goals"]
    assert goal == first
    assert goal["state"] == "on_track"


async def test_reads_agree_with_each_other(gateway: ToolGateway, caller: Identity) -> None:
    await write(gateway, caller, "create_goal", TRIP)
    plan = await gateway.run(caller, "plan_goal", {"goal": "ladakh"})
    assert plan["target_on_date"] == "165375.00"
    assert plan["assumptions"]["version"] == "2026-11"
    assert {"name": "inflation.general_percent", "value": "5.0", "personal": False} in plan["assumptions"]["figures"]
    simulated = await gateway.run(caller, "simulate_goal", {"goal": "travel", "monthly_contribution": "5500"})
    same = await gateway.run(caller, "what_if_goal", {"goal": plan["goal_id"], "lump_sum": "20000"})
    assert same["before"]["probability_percent"] == simulated["probability_percent"]
    assert same["before"]["required_monthly"] == plan["required_monthly"]
    assert Decimal(same["difference"]["probability_percent"]) > 0
    assert Decimal(same["difference"]["required_monthly"]) < 0
    spread = await gateway.run(caller, "allocate_surplus", {"surplus": "2000", "unit": "500"})
    assert spread["allocated"] == "2000.00"
    (share,) = spread["goals"]
    assert Decimal(share["required_monthly"]) >= Decimal(plan["required_monthly"])


async def test_a_change_says_what_was_and_what_will_be(gateway: ToolGateway, caller: Identity) -> None:
    await write(gateway, caller, "create_goal", TRIP)
    wanted = {"goal": "ladakh", "target_amount": "180000", "priority": 1}
    prepared = await gateway.preview(caller, "update_goal", wanted)
    details = dict(prepared.preview.details)
    assert details["Amount"] == "₹1,50,000.00, rises with prices → ₹1,80,000.00, rises with prices"
    assert details["Priority"] == "3 → 1"
    assert "Name" not in details
    assert (await gateway.run(caller, "list_goals", {}))["goals"][0]["priority"] == 3
    changed = await write(gateway, caller, "update_goal", wanted)
    assert (changed["target_amount"], changed["priority"], changed["state"]) == ("180000.00", 1, "off_track")
    with pytest.raises(InvalidInputError, match="changes nothing"):
        await gateway.preview(caller, "update_goal", {"goal": "ladakh", "priority": 1})


async def test_money_is_set_aside_and_taken_back(gateway: ToolGateway, caller: Identity) -> None:
    await write(gateway, caller, "create_goal", TRIP)
    prepared = await gateway.preview(caller, "contribute_to_goal", {"goal": "trip", "amount": "4000.50"})
    assert "No money is moved" in prepared.preview.summary
    assert dict(prepared.preview.details)["Set aside"] == "₹25,000.00 → ₹29,000.50"
    assert (await write(gateway, caller, "contribute_to_goal", prepared.arguments))["saved_amount"] == "29000.50"
    back = {"goal": "trip", "amount": "29000.50", "take_back": True}
    assert (await write(gateway, caller, "contribute_to_goal", back))["saved_amount"] == "0.00"
    for attempt in (
        gateway.preview(caller, "contribute_to_goal", back),
        write(gateway, caller, "contribute_to_goal", back),
    ):
        with pytest.raises(InvalidInputError, match=r"Only 0\.00 INR is set aside"):
            await attempt


async def test_an_account_counts_by_its_share(gateway: ToolGateway, caller: Identity) -> None:
    await write(gateway, caller, "create_goal", TRIP)
    wanted = {"goal": "trip", "accounts": [{"account_id": str(SAVINGS), "share_percent": "50"}]}
    prepared = await gateway.preview(caller, "link_goal_accounts", wanted)
    details = dict(prepared.preview.details)
    assert details == {"HDFC savings": "50.00% of ₹80,000.40", "Saved in all": "₹25,000.00 → ₹65,000.20"}
    assert (await gateway.run(caller, "list_goals", {}))["goals"][0]["linked_amount"] == "0.00"
    linked = await write(gateway, caller, "link_goal_accounts", prepared.arguments)
    assert (linked["saved_amount"], linked["linked_amount"]) == ("65000.20", "40000.20")
    strange = {"goal": "trip", "accounts": [{"account_id": str(new_uuid())}]}
    with pytest.raises(NotFoundError, match="no account"):
        await gateway.preview(caller, "link_goal_accounts", strange)
    unlinked = await write(gateway, caller, "link_goal_accounts", {"goal": "trip", "accounts": []})
    assert unlinked["saved_amount"] == "25000.00"


async def test_a_persons_own_assumption_counts_everywhere(gateway: ToolGateway, caller: Identity) -> None:
    await write(gateway, caller, "create_goal", TRIP)
    wanted = {"name": "inflation.general_percent", "value": "10"}
    prepared = await gateway.preview(caller, "set_assumptions", wanted)
    assert prepared.preview.summary == "Assume inflation.general_percent = 10 in all your plans, in place of 5.0."
    await write(gateway, caller, "set_assumptions", wanted)
    plan = await gateway.run(caller, "plan_goal", {"goal": "trip"})
    assert plan["target_on_date"] == "181500.00"
    assert {"name": "inflation.general_percent", "value": "10.00", "personal": True} in plan["assumptions"]["figures"]
    await write(gateway, caller, "set_assumptions", {"name": "inflation.general_percent"})
    assert (await gateway.run(caller, "plan_goal", {"goal": "trip"}))["target_on_date"] == "165375.00"
    with pytest.raises(InvalidInputError, match="must be from"):
        await gateway.preview(caller, "set_assumptions", {"name": "inflation.general_percent", "value": "90"})
    with pytest.raises(InvalidInputError, match="There is no assumption"):
        await gateway.preview(caller, "set_assumptions", {"name": "luck"})


async def test_a_goal_is_given_up(gateway: ToolGateway, caller: Identity) -> None:
    await write(gateway, caller, "create_goal", TRIP)
    prepared = await gateway.preview(caller, "delete_goal", {"goal": "trip"})
    assert prepared.preview.summary.startswith("Give up the goal 'Trip to Ladakh'")
    assert (await write(gateway, caller, "delete_goal", {"goal": "trip"}))["name"] == "Trip to Ladakh"
    with pytest.raises(NotFoundError):
        await gateway.preview(caller, "delete_goal", {"goal": "trip"})


async def test_words_that_fit_several_goals_are_asked_about(gateway: ToolGateway, caller: Identity) -> None:
    await write(gateway, caller, "create_goal", TRIP)
    await write(gateway, caller, "create_goal", TRIP | {"name": "Trip"})
    with pytest.raises(InvalidInputError, match="Trip to Ladakh"):
        await gateway.run(caller, "plan_goal", {"goal": "tri"})
    assert (await gateway.run(caller, "plan_goal", {"goal": "trip"}))["name"] == "Trip"


async def test_can_i_retire(gateway: ToolGateway, caller: Identity) -> None:
    wanted = {"age": 35, "retire_at": 55, "monthly_expenses": "60000", "saved": "2500000"}
    poor = await gateway.run(caller, "plan_retirement", wanted)
    assert poor["can_retire"] is False
    rich = await gateway.run(caller, "plan_retirement", wanted | {"monthly_contribution": poor["required_monthly"]})
    assert rich["can_retire"] is True
    assert rich["gap"] == "0.00"
    assert rich["lasts_until_age"] == 90
    assert rich["earliest_age"] == 55
    assert Decimal(rich["probability_percent"]) > Decimal(poor["probability_percent"])
