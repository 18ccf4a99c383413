"""Readers of bank exports: bytes in, `ParsedStatement` out, nothing else touched."""

from services.financial.infrastructure.statements.reader import read_statement

__all__ = ["read_statement"]
