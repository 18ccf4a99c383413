"""Commands and the query over a person's own categories."""

from __future__ import annotations

from dataclasses import dataclass

from services.financial.application.records.readers import RecordsReader
from services.financial.application.records.views import BuiltInCategoryView, CategoriesView, OwnCategoryView
from services.financial.domain.category import INCOME_CATEGORIES, Category
from services.financial.domain.errors import OwnCategoryExistsError, OwnCategoryNotFoundError
from services.financial.domain.ids import OwnCategoryId
from services.financial.domain.records.own_category import MAX_OWN_CATEGORIES, OwnCategory
from services.financial.domain.repositories import FinancialUnitOfWork, UnitOfWorkFactory
from services.shared.domain.clock import Clock
from services.shared.domain.errors import ConflictError, InvalidInputError
from services.shared.domain.ids import UserId


@dataclass(frozen=True, slots=True, kw_only=True)
class AddCategoryRequest:
    """A category's name, and the built-in one that it counts under."""

    user_id: UserId
    name: str
    parent: Category


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeCategoryRequest:
    """What to change; None leaves it."""

    user_id: UserId
    category_id: OwnCategoryId
    name: str | None = None
    parent: Category | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DeleteCategoryRequest:
    """Which one."""

    user_id: UserId
    category_id: OwnCategoryId


@dataclass(frozen=True, slots=True, kw_only=True)
class ListCategoriesRequest:
    """Whose."""

    user_id: UserId


class AddCategory:
    """Makes a category; its name must be new among the person's and no built-in one's."""

    def __init__(self, unit_of_work: UnitOfWorkFactory, clock: Clock) -> None:
        self._unit_of_work = unit_of_work
        self._clock = clock

    async def __call__(self, request: AddCategoryRequest) -> OwnCategoryView:
        """OwnCategoryExistsError, or InvalidInputError for a name or a parent that cannot be."""
        made = OwnCategory.create(
            user_id=request.user_id, name=request.name, parent=request.parent, now=self._clock.now()
        )
        async with self._unit_of_work() as unit:
            await unit.accounts.lock_all(request.user_id)
            own = await unit.own_categories.list(request.user_id)
            if len(own) >= MAX_OWN_CATEGORIES:
                raise ConflictError(
                    f"You have {len(own)} categories of your own, and {MAX_OWN_CATEGORIES} is the most."
                )
            _require_free(made, own)
            await unit.own_categories.add(made)
            await unit.commit()
        return own_category_view(made)


class ChangeCategory:
    """Renames a category or moves it, with all it holds, under another built-in one."""

    def __init__(self, unit_of_work: UnitOfWorkFactory) -> None:
        self._unit_of_work = unit_of_work

    async def __call__(self, request: ChangeCategoryRequest) -> OwnCategoryView:
        """OwnCategoryNotFoundError, OwnCategoryExistsError, or InvalidInputError."""
        if request.name is None and request.parent is None:
            raise InvalidInputError("Say what to change: the name, the parent, or both.")
        async with self._unit_of_work() as unit:
            await unit.accounts.lock_all(request.user_id)
            changed = (await _own(unit, request.user_id, request.category_id)).changed(
                name=request.name, parent=request.parent
            )
            _require_free(changed, await unit.own_categories.list(request.user_id))
            await unit.own_categories.save(changed)
            await unit.commit()
        return own_category_view(changed)


class DeleteCategory:
    """Forgets a category; what it held stays under the built-in one."""

    def __init__(self, unit_of_work: UnitOfWorkFactory) -> None:
        self._unit_of_work = unit_of_work

    async def __call__(self, request: DeleteCategoryRequest) -> None:
        """OwnCategoryNotFoundError when it is not this person's."""
        async with self._unit_of_work() as unit:
            await unit.accounts.lock_all(request.user_id)
            await unit.own_categories.delete((await _own(unit, request.user_id, request.category_id)).id)
            await unit.commit()


class ListCategories:
    """Answers with the built-in categories and the person's own."""

    def __init__(self, reader: RecordsReader) -> None:
        self._reader = reader

    async def __call__(self, request: ListCategoriesRequest) -> CategoriesView:
        """All of them; the own ones by name."""
        own = await self._reader.own_categories(request.user_id)
        built_in = tuple(BuiltInCategoryView(category, _kind(category)) for category in Category)
        return CategoriesView(built_in, tuple(own_category_view(one) for one in own))


def own_category_view(category: OwnCategory) -> OwnCategoryView:
    """How a category is shown."""
    return OwnCategoryView(category.id, category.name, category.parent)


async def _own(unit: FinancialUnitOfWork, user_id: UserId, category_id: OwnCategoryId) -> OwnCategory:
    found = await unit.own_categories.get(user_id, category_id)
    if found is None:
        raise OwnCategoryNotFoundError
    return found


def _require_free(category: OwnCategory, own: list[OwnCategory]) -> None:
    if any(one.name.casefold() == category.name.casefold() and one.id != category.id for one in own):
        raise OwnCategoryExistsError(category.name)


def _kind(category: Category) -> str:
    if category is Category.TRANSFER:
        return "transfer"
    return "income" if category in INCOME_CATEGORIES else "spending"
