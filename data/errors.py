"""Errors of the drivers, free of any domain."""


class StoreError(Exception):
    """A store cannot do what was asked: it is misconfigured, unreachable, or lacks a feature."""
