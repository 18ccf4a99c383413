"""LangGraph's checkpoints in PostgreSQL, in a schema of their own."""

from data.checkpoints.opening import open_checkpoints
from data.checkpoints.saver import NEW_THREAD, PostgresCheckpoints
from data.checkpoints.table import SCHEMA

__all__ = ["NEW_THREAD", "SCHEMA", "PostgresCheckpoints", "open_checkpoints"]
