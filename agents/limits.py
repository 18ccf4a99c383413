"""The bounds of a turn."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from agents.costs import PriceTable


@dataclass(frozen=True, slots=True)
class TurnLimits:
    """`rounds` of tools; `tokens` and `cost_usd` after which the model must answer with what it has.

    `context_tokens` is what one request may hold, `verbatim_turns` how many earlier turns it holds word by word.
    """

    rounds: int = 8
    tokens: int = 120_000
    cost_usd: Decimal = Decimal("0.50")
    context_tokens: int = 24_000
    verbatim_turns: int = 8
    prices: PriceTable = field(default_factory=lambda: PriceTable({}))

    def allow_tools(self, rounds: int, tokens: int, cost_usd: Decimal) -> bool:
        """Whether a turn that has come this far may call tools again."""
        return rounds < self.rounds and tokens < self.tokens and cost_usd < self.cost_usd
