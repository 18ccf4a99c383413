"""Which category a person means: a built-in one, or one of their own with its parent."""

from __future__ import annotations

from dataclasses import dataclass

from services.financial.application.records.changing import Changing
from services.financial.domain.category import Category
from services.financial.domain.ids import OwnCategoryId
from services.financial.domain.records.own_category import OwnCategoryRef
from services.shared.domain.errors import InvalidInputError


@dataclass(frozen=True, slots=True)
class Meant:
    """A category, and the person's own one under it."""

    category: Category
    own_category: OwnCategoryRef | None = None


async def meant_category(
    changing: Changing, category: Category | None, own_category_id: OwnCategoryId | None
) -> Meant | None:
    """What was asked for; None when nothing was.

    Raises OwnCategoryNotFoundError, and InvalidInputError when both are given and do not belong together.
    """
    if own_category_id is None:
        return None if category is None else Meant(category)
    own = await changing.own_category(own_category_id)
    if category is not None and category is not own.parent:
        raise InvalidInputError(
            f"'{own.name}' lies under {own.parent}, not under {category}. Leave out the category.",
            extra={"field": "category"},
        )
    return Meant(own.parent, own.ref)
