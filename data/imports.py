"""Importing a library without those optional parts of it that cost time and are not used."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def without(*names: str) -> Iterator[None]:
    """Within the block these modules seem not to be installed, unless they have been imported already."""
    hidden = [name for name in names if name not in sys.modules]
    # An entry of None makes `import` raise ModuleNotFoundError (Python reference, section 5.3.1).
    for name in hidden:
        sys.modules[name] = None  # type: ignore[assignment]
    try:
        yield
    finally:
        for name in hidden:
            del sys.modules[name]
