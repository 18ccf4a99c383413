"""Accounts and categories by the names that a person types."""

from __future__ import annotations

from api.cli.session import Session
from services.financial.application.list_accounts import ListAccountsRequest
from services.financial.application.records.own_categories import ListCategoriesRequest
from services.financial.domain.category import Category
from services.financial.domain.ids import OwnCategoryId
from services.shared.domain.errors import InvalidInputError
from services.shared.domain.ids import AccountId


async def account_of(session: Session, name: str) -> AccountId:
    """The account of that name in any letter case; InvalidInputError names those there are."""
    request = ListAccountsRequest(user_id=session.identity.user_id)
    accounts = (await session.application.finance.list_accounts(request)).accounts
    for account in accounts:
        if account.name.casefold() == name.strip().casefold():
            return account.account_id
    there_are = ", ".join(f"'{account.name}'" for account in accounts) or "none yet"
    raise InvalidInputError(f"You have no account named '{name}'. There are: {there_are}.")


async def category_of(session: Session, name: str | None) -> tuple[Category | None, OwnCategoryId | None]:
    """The built-in category of that name, or one of the person's own with its parent; neither without a name."""
    if name is None:
        return None, None
    wanted = " ".join(name.split()).casefold()
    slug = wanted.replace(" ", "_").replace("-", "_")
    if slug in [category.value for category in Category]:
        return Category(slug), None
    own = (
        await session.application.finance.records.list_categories(
            ListCategoriesRequest(user_id=session.identity.user_id)
        )
    ).own
    for category in own:
        if category.name.casefold() == wanted:
            return category.parent, category.category_id
    there_are = ", ".join([*(category.value for category in Category), *(f"'{one.name}'" for one in own)])
    raise InvalidInputError(f"There is no category '{name}'. There are: {there_are}.")
