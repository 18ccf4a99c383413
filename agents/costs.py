"""What completions cost, by the list prices of their models."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

_MILLION: Final = Decimal(1_000_000)


@dataclass(frozen=True, slots=True)
class Price:
    """US dollars for a million tokens, in and out."""

    prompt: Decimal
    completion: Decimal


class PriceTable:
    """Prices by model name. A dated or longer name has the price of the longest known name that it begins with."""

    def __init__(self, prices: Mapping[str, Price]) -> None:
        self._prices = dict(prices)

    def cost(self, model: str, prompt_tokens: int, completion_tokens: int) -> Decimal | None:
        """US dollars, exact; None for a model without a price."""
        price = self._price(model.rpartition(":")[2].rpartition("/")[2])
        if price is None:
            return None
        return (price.prompt * prompt_tokens + price.completion * completion_tokens) / _MILLION

    def _price(self, name: str) -> Price | None:
        known = [key for key in self._prices if name == key or name.startswith(f"{key}-")]
        return self._prices[max(known, key=len)] if known else None
