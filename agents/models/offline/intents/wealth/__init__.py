"""Investments, loans, taxes, and how the person's money hangs together."""
