"""Categories that a person makes, each under a built-in one."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from services.financial.domain.category import Category
from services.financial.domain.ids import OwnCategoryId
from services.shared.domain.errors import InvalidInputError
from services.shared.domain.ids import UserId, new_uuid
from services.shared.domain.text import clean_text

MAX_OWN_CATEGORIES: Final = 200
MAX_CATEGORY_NAME: Final = 50


@dataclass(frozen=True, slots=True)
class OwnCategoryRef:
    """A person's own category, as far as a transaction shows it."""

    id: OwnCategoryId
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnCategory:
    """A category of one person.

    What it holds counts under `parent` in every figure, which decides whether it is income or spending. Its name is
    unique among the person's own, whatever the letter case, and is no built-in category's.
    """

    id: OwnCategoryId
    user_id: UserId
    name: str
    parent: Category
    created_at: datetime

    def __post_init__(self) -> None:
        if self.parent is Category.TRANSFER:
            raise InvalidInputError(
                "A category of your own cannot stand under transfer, which is money between your own accounts. "
                "Choose another parent.",
                extra={"field": "parent"},
            )
        if _slug(self.name) in _BUILT_IN:
            raise InvalidInputError(
                f"'{self.name}' is a built-in category. Choose another name.", extra={"field": "name"}
            )

    @property
    def ref(self) -> OwnCategoryRef:
        """What transactions hold of it."""
        return OwnCategoryRef(self.id, self.name)

    @classmethod
    def create(cls, *, user_id: UserId, name: str, parent: Category, now: datetime) -> OwnCategory:
        """A new category."""
        return cls(id=OwnCategoryId(new_uuid()), user_id=user_id, name=_name(name), parent=parent, created_at=now)

    def changed(self, *, name: str | None, parent: Category | None) -> OwnCategory:
        """The category with another name or parent; None keeps what is."""
        return replace(self, name=self.name if name is None else _name(name), parent=parent or self.parent)


def _name(text: str) -> str:
    name = " ".join(clean_text(text, what="A category's name", limit=MAX_CATEGORY_NAME).split())
    if not name.isprintable():
        raise InvalidInputError("A category's name must not contain control characters.", extra={"field": "name"})
    return name


def _slug(name: str) -> str:
    return "_".join(name.casefold().replace("_", " ").split())


_BUILT_IN: Final = frozenset(category.value for category in Category)
