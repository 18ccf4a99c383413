"""Where the contexts' tables are registered."""

from data.metadata import metadata

__all__ = ["metadata"]
