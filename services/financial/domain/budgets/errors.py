"""Errors about budgets."""

from services.financial.domain.category import Category
from services.shared.domain.errors import NotFoundError


class BudgetNotFoundError(NotFoundError):
    """The person has no budget for the category."""

    code = "budget-not-found"

    def __init__(self, category: Category) -> None:
        super().__init__(f"You have no budget for {category}. GET /api/v1/finance/budgets lists them.")
