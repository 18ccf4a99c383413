"""What questions took, by day and model, and the bounds of a day."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from pymongo.asynchronous.database import AsyncDatabase
from sqlalchemy.ext.asyncio import AsyncEngine

from data.mongo import MongoDocument
from services.conversation.application.accept_turn import AcceptTurnRequest
from services.conversation.application.cancel_run import CancelRunRequest
from services.conversation.application.complete_turn import CompleteTurnRequest
from services.conversation.application.fail_run import FailRunRequest
from services.conversation.application.start_run import StartRunRequest
from services.conversation.application.usage.get_usage import GetUsageRequest
from services.conversation.application.use_cases import ConversationUseCases
from services.conversation.domain.run import Spent
from services.conversation.domain.usage.usage import Quota, QuotaExceededError
from services.conversation.infrastructure.wiring import build_use_cases
from services.shared.domain.clock import SystemClock, today
from services.shared.domain.errors import InvalidInputError
from services.shared.domain.ids import UserId
from tests.integration.services.conversation.test_turns import START, result_of


async def answered(use_cases: ConversationUseCases, user_id: UserId, model: str, key: str | None = None) -> None:
    request = AcceptTurnRequest(user_id=user_id, message="What do I have?", idempotency_key=key)
    run = (await use_cases.accept_turn(request)).run
    await use_cases.start_run(StartRunRequest(user_id=user_id, run_id=run.id, start=START))
    result = replace(result_of("₹5."), model=model, cost_usd=Decimal("0.0125"))
    await use_cases.complete_turn(CompleteTurnRequest(user_id=user_id, run=run, result=result))


async def test_usage_by_day_and_model(use_cases: ConversationUseCases, unique_user: UserId) -> None:
    for model in ("gpt", "gpt", "offline"):
        await answered(use_cases, unique_user, model)
    usage = await use_cases.get_usage(GetUsageRequest(user_id=unique_user))
    assert [(one.model, one.runs, one.tokens, one.cost_usd) for one in usage.days] == [
        ("gpt", 2, 20, Decimal("0.0250")),
        ("offline", 1, 10, Decimal("0.0125")),
    ]
    assert (usage.runs, usage.cost_usd) == (3, Decimal("0.0375"))
    assert usage.days[0].day == usage.to == today(SystemClock())


async def test_what_did_not_end_well_is_counted(
    postgres_engine: AsyncEngine, mongo_database: AsyncDatabase[MongoDocument], unique_user: UserId
) -> None:
    bounded = build_use_cases(postgres_engine, mongo_database, quota=Quota(tokens=150))
    failed = (await bounded.accept_turn(AcceptTurnRequest(user_id=unique_user, message="And now?"))).run
    spent = Spent(model="gpt", prompt_tokens=90, completion_tokens=10, cost_usd=Decimal("0.01"))
    await bounded.fail_run(FailRunRequest(user_id=unique_user, run_id=failed.id, problem={"status": 503}, spent=spent))
    cancelled = (await bounded.accept_turn(AcceptTurnRequest(user_id=unique_user, message="And now?"))).run
    await bounded.cancel_run(CancelRunRequest(user_id=unique_user, run_id=cancelled.id, spent=spent))
    (usage,) = (await bounded.get_usage(GetUsageRequest(user_id=unique_user))).days
    assert (usage.model, usage.runs, usage.tokens, usage.cost_usd) == ("gpt", 2, 200, Decimal("0.02"))
    with pytest.raises(QuotaExceededError, match="150 tokens"):
        await bounded.accept_turn(AcceptTurnRequest(user_id=unique_user, message="And now?"))


async def test_periods_that_cannot_be(use_cases: ConversationUseCases, unique_user: UserId) -> None:
    day = today(SystemClock())
    with pytest.raises(InvalidInputError):
        await use_cases.get_usage(GetUsageRequest(user_id=unique_user, start=day, end=day.replace(year=day.year - 1)))
    with pytest.raises(InvalidInputError):
        await use_cases.get_usage(GetUsageRequest(user_id=unique_user, start=day.replace(year=day.year - 2)))


async def test_a_quota_refuses_before_anything_is_recorded(
    postgres_engine: AsyncEngine, mongo_database: AsyncDatabase[MongoDocument], unique_user: UserId
) -> None:
    bounded = build_use_cases(postgres_engine, mongo_database, quota=Quota(tokens=15))
    await answered(bounded, unique_user, "gpt", key="first")
    await answered(bounded, unique_user, "gpt")
    with pytest.raises(QuotaExceededError, match="15 tokens"):
        await bounded.accept_turn(AcceptTurnRequest(user_id=unique_user, message="And now?"))
    assert (await bounded.get_usage(GetUsageRequest(user_id=unique_user))).runs == 2
    again = await bounded.accept_turn(
        AcceptTurnRequest(user_id=unique_user, message="What do I have?", idempotency_key="first")
    )
    assert again.replayed
