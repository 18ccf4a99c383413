"""Routes of transactions and of a person's own category rules."""

from collections.abc import Callable
from datetime import date
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends, Query

from services.financial.application.change_category_rule import ChangeCategoryRuleRequest
from services.financial.application.delete_category_rule import DeleteCategoryRuleRequest
from services.financial.application.list_category_rules import ListCategoryRulesRequest
from services.financial.application.list_transactions import MAX_LIMIT, ListTransactionsRequest
from services.financial.application.use_cases import FinancialUseCases
from services.financial.domain.category import Category
from services.financial.domain.ids import CategoryRuleId, OwnCategoryId
from services.financial.presentation.bodies import CategoryRuleBody
from services.financial.presentation.responses import (
    CategoryRuleResponse,
    CategoryRulesResponse,
    TransactionPageResponse,
)
from services.shared.domain.identity import Identity
from services.shared.domain.ids import AccountId
from services.shared.infrastructure.problem import problem_responses


def build_transaction_router(use_cases: FinancialUseCases, current_user: Callable[..., Any]) -> APIRouter:
    """`/transactions`."""
    router = APIRouter(prefix="/transactions", tags=["transactions"], responses=problem_responses(401, 503))
    caller = Annotated[Identity, Depends(current_user)]

    @router.get("", responses=problem_responses(404, 422), summary="Page through transactions")
    async def list_transactions(
        user: caller,
        from_: Annotated[date | None, Query(alias="from", description="First day.")] = None,
        to: Annotated[date | None, Query(description="Last day, included.")] = None,
        category: Category | None = None,
        account_id: UUID | None = None,
        q: Annotated[str | None, Query(max_length=200, description="Found in payee or narration.")] = None,
        own_category_id: Annotated[UUID | None, Query(description="One of your own categories.")] = None,
        tag: Annotated[str | None, Query(max_length=40, description="Those with this tag.")] = None,
        cursor: Annotated[str | None, Query(max_length=200, description="`next_cursor` of the page before.")] = None,
        limit: Annotated[int, Query(ge=1, le=MAX_LIMIT)] = 50,
    ) -> TransactionPageResponse:
        """Your transactions, newest first, that fulfil every condition given."""
        request = ListTransactionsRequest(
            user_id=user.user_id,
            start=from_,
            end=to,
            category=category,
            account_id=AccountId(account_id) if account_id else None,
            q=q,
            own_category_id=OwnCategoryId(own_category_id) if own_category_id else None,
            tag=tag,
            cursor=cursor,
            limit=limit,
        )
        return TransactionPageResponse.model_validate(await use_cases.list_transactions(request))

    return router


def build_rule_router(use_cases: FinancialUseCases, current_user: Callable[..., Any]) -> APIRouter:
    """`/category-rules`."""
    router = APIRouter(prefix="/category-rules", tags=["category rules"], responses=problem_responses(401, 503))
    caller = Annotated[Identity, Depends(current_user)]

    @router.get("", summary="List your rules")
    async def list_rules(user: caller) -> CategoryRulesResponse:
        """Your own category rules, newest first."""
        request = ListCategoryRulesRequest(user_id=user.user_id)
        return CategoryRulesResponse.model_validate(await use_cases.list_category_rules(request))

    @router.post("", status_code=201, responses=problem_responses(400, 404, 409, 413, 422), summary="Make a rule")
    async def add_rule(
        user: caller,
        body: CategoryRuleBody,
        dry_run: Annotated[bool, Query(description="Only count what would change.")] = False,
    ) -> CategoryRuleResponse:
        """Make a rule; it goes before the default ones and is applied at once to what is on record.

        With `dry_run` nothing is kept: `recategorised` says how many transactions the rule would change.
        """
        request = body.to_request(user.user_id, dry_run=dry_run)
        return CategoryRuleResponse.model_validate(await use_cases.add_category_rule(request))

    @router.put("/{rule_id}", responses=problem_responses(400, 404, 409, 413, 422), summary="Change a rule")
    async def change_rule(
        user: caller,
        rule_id: UUID,
        body: CategoryRuleBody,
        dry_run: Annotated[bool, Query(description="Only count what would change.")] = False,
    ) -> CategoryRuleResponse:
        """Put a rule in the place of this one; what either of them matches is categorised anew.

        With `dry_run` nothing is kept: `recategorised` says how many transactions would change.
        """
        request = ChangeCategoryRuleRequest(
            rule_id=CategoryRuleId(rule_id), wanted=body.to_request(user.user_id, dry_run=dry_run)
        )
        return CategoryRuleResponse.model_validate(await use_cases.change_category_rule(request))

    @router.delete("/{rule_id}", status_code=204, responses=problem_responses(404, 422), summary="Delete a rule")
    async def delete_rule(user: caller, rule_id: UUID) -> None:
        """Forget a rule; what it had categorised goes back to what the other rules say."""
        await use_cases.delete_category_rule(
            DeleteCategoryRuleRequest(user_id=user.user_id, rule_id=CategoryRuleId(rule_id))
        )

    return router
