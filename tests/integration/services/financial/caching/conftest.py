"""The records of one person, as the tests of records have them."""

from tests.integration.services.financial.records.conftest import records

__all__ = ["records"]
