"""`nivesh categories`: the built-in categories and a person's own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from api.cli.report import AsJson, Report, print_json, run, say

if TYPE_CHECKING:
    from api.cli.session import Session

app = typer.Typer(help="Categories: list, add, delete.", no_args_is_help=True)


@app.command("list")
def list_categories(as_json: AsJson = False) -> None:
    """All categories that a transaction can have."""

    async def work(session: Session) -> None:
        from services.financial.application.records.own_categories import ListCategoriesRequest

        request = ListCategoriesRequest(user_id=session.identity.user_id)
        view = await session.application.finance.records.list_categories(request)
        if as_json:
            print_json(view)
            return
        report = Report("Category", "Counts as")
        for built_in in view.built_in:
            report.add(built_in.name.value, built_in.kind)
        for own in view.own:
            report.add(own.name, own.parent.value)
        report.print(empty="")

    run(work)


@app.command()
def add(
    name: Annotated[str, typer.Argument()],
    parent: Annotated[str, typer.Option(help="The built-in category that it counts under.")],
    as_json: AsJson = False,
) -> None:
    """Make a category of your own."""

    async def work(session: Session) -> None:
        from api.cli.record_lookups import category_of
        from services.financial.application.records.own_categories import AddCategoryRequest
        from services.shared.domain.errors import InvalidInputError

        built_in, own = await category_of(session, parent)
        if built_in is None or own is not None:
            raise InvalidInputError("--parent must be a built-in category.")
        request = AddCategoryRequest(user_id=session.identity.user_id, name=name, parent=built_in)
        view = await session.application.finance.records.add_category(request)
        if as_json:
            print_json(view)
            return
        say(f"Made '{view.name}' under {view.parent}.")

    run(work)


@app.command()
def delete(name: Annotated[str, typer.Argument()]) -> None:
    """Forget a category of your own; what it held stays under the built-in one."""

    async def work(session: Session) -> None:
        from api.cli.record_lookups import category_of
        from services.financial.application.records.own_categories import DeleteCategoryRequest
        from services.shared.domain.errors import InvalidInputError

        _, own = await category_of(session, name)
        if own is None:
            raise InvalidInputError(f"'{name}' is a built-in category, which stays.")
        request = DeleteCategoryRequest(user_id=session.identity.user_id, category_id=own)
        await session.application.finance.records.delete_category(request)
        say(f"Deleted '{name}'.")

    run(work)
