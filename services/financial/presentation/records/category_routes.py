"""Routes of categories."""

from collections.abc import Callable
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends

from services.financial.application.records.own_categories import (
    AddCategoryRequest,
    ChangeCategoryRequest,
    DeleteCategoryRequest,
    ListCategoriesRequest,
)
from services.financial.application.records.use_cases import RecordUseCases
from services.financial.domain.ids import OwnCategoryId
from services.financial.presentation.records.bodies import AddCategoryBody, ChangeCategoryBody
from services.financial.presentation.records.responses import CategoriesResponse, OwnCategoryResponse
from services.shared.domain.identity import Identity
from services.shared.infrastructure.problem import problem_responses


def build_category_router(use_cases: RecordUseCases, current_user: Callable[..., Any]) -> APIRouter:
    """`/categories`."""
    router = APIRouter(prefix="/categories", tags=["categories"], responses=problem_responses(401, 503))
    caller = Annotated[Identity, Depends(current_user)]

    @router.get("", summary="List categories")
    async def list_categories(user: caller) -> CategoriesResponse:
        """The built-in categories with their kind, and your own by name."""
        view = await use_cases.list_categories(ListCategoriesRequest(user_id=user.user_id))
        return CategoriesResponse.model_validate(view)

    @router.post("", status_code=201, responses=problem_responses(400, 409, 413, 422), summary="Make a category")
    async def add(user: caller, body: AddCategoryBody) -> OwnCategoryResponse:
        """Make a category of your own. In every figure it counts under the built-in one that you choose."""
        request = AddCategoryRequest(user_id=user.user_id, name=body.name, parent=body.parent)
        return OwnCategoryResponse.model_validate(await use_cases.add_category(request))

    @router.patch("/{category_id}", responses=problem_responses(400, 404, 409, 413, 422), summary="Change a category")
    async def change(user: caller, category_id: UUID, body: ChangeCategoryBody) -> OwnCategoryResponse:
        """Rename it, or move it with all it holds under another built-in one."""
        request = ChangeCategoryRequest(
            user_id=user.user_id, category_id=OwnCategoryId(category_id), name=body.name, parent=body.parent
        )
        return OwnCategoryResponse.model_validate(await use_cases.change_category(request))

    @router.delete(
        "/{category_id}", status_code=204, responses=problem_responses(404, 422), summary="Delete a category"
    )
    async def delete(user: caller, category_id: UUID) -> None:
        """Forget it; what it held stays under the built-in one."""
        await use_cases.delete_category(
            DeleteCategoryRequest(user_id=user.user_id, category_id=OwnCategoryId(category_id))
        )

    return router
