"""The models of the settings: the usual one, those that a run may name, and what turns may cost."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from decimal import Decimal

from agents.costs import Price, PriceTable
from agents.limits import TurnLimits
from agents.models.chain import ModelChain
from agents.models.connection import Later
from agents.models.offline.model import OfflineModel
from agents.models.port import ReasoningModel
from api.settings import Settings, secret
from data.prices import load_prices
from services.conversation.domain.usage.usage import Quota


@dataclass(frozen=True, slots=True)
class Models:
    """`usual` answers unless a run names one of `offered`."""

    usual: ReasoningModel
    offered: Mapping[str, ReasoningModel]


@asynccontextmanager
async def open_models(settings: Settings, later: Later) -> AsyncIterator[Models]:
    """The configured model with the offline model as the last resort, or the offline model alone.

    A model that a run names answers alone, so that its answers are its own; `offline` can always be named. `later` says
    when more of an answer is looked at.
    """
    offline = OfflineModel()
    if not settings.llm_model and not settings.llm_base_url:
        yield Models(offline, {})
        return
    async with AsyncExitStack() as stack:
        usual = await _open(settings, settings.llm_model or "gpt-4o-mini", later, stack)
        offered: dict[str, ReasoningModel] = {usual.name: usual, offline.name: offline}
        for name in settings.llm_models:
            if name not in offered:
                offered[name] = await _open(settings, name, later, stack)
        chains = {name: ModelChain([model]) for name, model in offered.items()}
        yield Models(ModelChain([usual, offline]), chains)


async def _open(settings: Settings, name: str, later: Later, stack: AsyncExitStack) -> ReasoningModel:
    """A name with a provider (`anthropic:claude-…`) and no base URL is LangChain's; others are OpenAI-compatible."""
    if ":" in name and not settings.llm_base_url:
        from agents.models.langchain_model import LangChainModel

        return LangChainModel.by_name(name)
    from agents.models.openai_model import OpenAIModel, OpenAISettings

    model = OpenAIModel(
        OpenAISettings(
            base_url=settings.llm_base_url,
            api_key=secret(settings.llm_api_key) or "none",
            model=name,
            temperature=settings.llm_temperature,
        ),
        later,
    )
    await model.prepare()
    stack.push_async_callback(model.close)
    return model


def limits_of(settings: Settings) -> TurnLimits:
    """The bounds of a turn, with the prices that they are reckoned by."""
    prices = load_prices(settings.llm_prices_file)
    return TurnLimits(
        tokens=settings.turn_token_budget,
        cost_usd=settings.turn_cost_budget_usd,
        prices=PriceTable({name: Price(prompt, completion) for name, (prompt, completion) in prices.items()}),
    )


def quota_of(settings: Settings) -> Quota:
    """What one person may take in a day; 0 in the settings is no bound."""
    return Quota(
        runs=settings.quota_runs_per_day or None,
        tokens=settings.quota_tokens_per_day or None,
        cost_usd=settings.quota_usd_per_day if settings.quota_usd_per_day > Decimal(0) else None,
    )
