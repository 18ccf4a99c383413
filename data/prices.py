"""The table of model prices, as decimals."""

from __future__ import annotations

import tomllib
from decimal import Decimal, InvalidOperation
from importlib.resources import files
from pathlib import Path

from data.errors import StoreError


def load_prices(path: Path | None = None) -> dict[str, tuple[Decimal, Decimal]]:
    """US dollars for a million prompt and completion tokens, by model; the built-in table unless a file is named.

    StoreError says what is wrong with a file.
    """
    text = path.read_text("utf-8") if path is not None else (files("data") / "prices.toml").read_text("utf-8")
    try:
        models = tomllib.loads(text)["models"]
        return {
            name: (Decimal(str(price["prompt"])), Decimal(str(price["completion"]))) for name, price in models.items()
        }
    except (tomllib.TOMLDecodeError, KeyError, TypeError, AttributeError, InvalidOperation) as error:
        raise StoreError(f"The price table {path or 'prices.toml'} cannot be read: {error!r}.") from error
