"""Identifiers of the financial context that no other context names."""

from typing import NewType
from uuid import UUID

ImportId = NewType("ImportId", UUID)
CategoryRuleId = NewType("CategoryRuleId", UUID)
OwnCategoryId = NewType("OwnCategoryId", UUID)
