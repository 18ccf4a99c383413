"""A server for the clients, a person with records, and what that person's programs log in with."""

from __future__ import annotations

from tests.e2e.conftest import asha, household, oracle, server, stranger

__all__ = ["asha", "household", "oracle", "server", "stranger"]
