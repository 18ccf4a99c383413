"""Percents by asset class as a person types them."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal, InvalidOperation

from services.financial.domain.investments.instrument import AssetClass
from services.shared.domain.errors import InvalidInputError


def parse_percents(texts: Sequence[str]) -> dict[AssetClass, Decimal]:
    """Read `equity=60 debt=40`; InvalidInputError names the part that cannot be read."""
    percents: dict[AssetClass, Decimal] = {}
    for text in texts:
        name, _, figure = text.partition("=")
        try:
            asset_class = AssetClass(name.strip().lower().replace("-", "_"))
            percents[asset_class] = Decimal(figure.strip().removesuffix("%"))
        except (ValueError, InvalidOperation) as error:
            kinds = ", ".join(one.value for one in AssetClass if one is not AssetClass.UNKNOWN)
            raise InvalidInputError(f"'{text}' is not CLASS=PERCENT, where CLASS is one of {kinds}.") from error
    return percents
