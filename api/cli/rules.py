"""`nivesh rules`: a person's own rules, by which transactions get a category."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Final, Literal
from uuid import UUID

import typer

from api.cli.amounts import parse_amount
from api.cli.report import AsJson, Report, print_json, run

if TYPE_CHECKING:
    from api.cli.session import Session
    from services.financial.application.category_rule_views import CategoryRuleView

app = typer.Typer(help="Rules that give transactions a category: list, add, change, delete.", no_args_is_help=True)

Id = Annotated[UUID, typer.Argument(help="Id, as `nivesh rules list` shows it.")]
Field = Annotated[Literal["payee", "narration"], typer.Option("--in", help="Where the words are looked for.")]
Match = Annotated[Literal["contains", "equals"], typer.Option(help="Anywhere in it, or all of it.")]
Direction = Annotated[
    Literal["debit", "credit"] | None, typer.Option(help="Only money out (debit), or only money in (credit).")
]
Smallest = Annotated[str | None, typer.Option("--min", help="Only from this amount on, whatever the sign.")]
Largest = Annotated[str | None, typer.Option("--max", help="Only up to this amount.")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Only count what would change.")]


@app.command("list")
def list_rules(as_json: AsJson = False) -> None:
    """Your rules, newest first."""

    async def work(session: Session) -> None:
        from services.financial.application.list_category_rules import ListCategoryRulesRequest

        request = ListCategoryRulesRequest(user_id=session.identity.user_id)
        view = await session.application.finance.list_category_rules(request)
        if as_json:
            print_json(view)
            return
        report = Report("Id", *_HEADINGS)
        for rule in view.rules:
            report.add(rule.rule_id, *_cells(rule))
        report.print(empty="You have no rules. Make one: nivesh rules add WORDS CATEGORY")

    run(work)


@app.command()
def add(
    pattern: Annotated[str, typer.Argument(help="Words found in the payee.")],
    category: Annotated[str, typer.Argument(help="The category, built-in or your own.")],
    field: Field = "payee",
    match: Match = "contains",
    direction: Direction = None,
    smallest: Smallest = None,
    largest: Largest = None,
    dry_run: DryRun = False,
    as_json: AsJson = False,
) -> None:
    """Make a rule: what matches gets the category, on record and from now on."""

    async def work(session: Session) -> None:
        from api.cli.record_lookups import category_of
        from services.financial.application.add_category_rule import AddCategoryRuleRequest

        built_in, own = await category_of(session, category)
        request = AddCategoryRuleRequest(
            user_id=session.identity.user_id,
            pattern=pattern,
            category=built_in,
            own_category_id=own,
            dry_run=dry_run,
            **_conditions(field, match, direction, smallest, largest),
        )
        view = await session.application.finance.add_category_rule(request)
        _print_changed(view, dry_run, as_json, is_new=True)

    run(work)


@app.command()
def change(
    rule: Id,
    pattern: Annotated[str | None, typer.Option(help="Words found in the payee.")] = None,
    category: Annotated[str | None, typer.Option(help="The category, built-in or your own.")] = None,
    field: Annotated[
        Literal["payee", "narration"] | None, typer.Option("--in", help="Where the words are looked for.")
    ] = None,
    match: Annotated[Literal["contains", "equals"] | None, typer.Option(help="Anywhere in it, or all of it.")] = None,
    direction: Direction = None,
    smallest: Smallest = None,
    largest: Largest = None,
    dry_run: DryRun = False,
    as_json: AsJson = False,
) -> None:
    """Change a rule; what is not given stays, and what it had categorised follows."""

    async def work(session: Session) -> None:
        from api.cli.record_lookups import category_of
        from services.financial.application.change_category_rule import CategoryRuleChanges, ChangeCategoryRuleRequest
        from services.financial.domain.ids import CategoryRuleId

        built_in, own = await category_of(session, category)
        changes = CategoryRuleChanges(
            user_id=session.identity.user_id,
            pattern=pattern,
            category=built_in,
            own_category_id=own,
            dry_run=dry_run,
            **_conditions(field, match, direction, smallest, largest),
        )
        request = ChangeCategoryRuleRequest(rule_id=CategoryRuleId(rule), wanted=changes)
        _print_changed(await session.application.finance.change_category_rule(request), dry_run, as_json)

    run(work)


@app.command()
def delete(rule: Id, dry_run: DryRun = False, as_json: AsJson = False) -> None:
    """Forget a rule; what it had categorised follows the other rules."""

    async def work(session: Session) -> None:
        from services.financial.application.delete_category_rule import DeleteCategoryRuleRequest
        from services.financial.domain.ids import CategoryRuleId

        request = DeleteCategoryRuleRequest(
            user_id=session.identity.user_id, rule_id=CategoryRuleId(rule), dry_run=dry_run
        )
        _print_changed(await session.application.finance.delete_category_rule(request), dry_run, as_json)

    run(work)


_HEADINGS: Final = ("Field", "Match", "Pattern", "Category", "Direction", ">From", ">Up to")


def _cells(rule: CategoryRuleView) -> tuple[object, ...]:
    words = rule.own_category or rule.category
    return rule.field, rule.match, rule.pattern, words, rule.direction, rule.min_amount, rule.max_amount


def _print_changed(rule: CategoryRuleView, dry_run: bool, as_json: bool, *, is_new: bool = False) -> None:
    if as_json:
        print_json(rule)
        return
    report = Report("Id", *_HEADINGS, ">Would change" if dry_run else ">Changed")
    report.add(None if is_new and dry_run else rule.rule_id, *_cells(rule), rule.recategorised)
    report.print(empty="")


def _conditions(
    field: str | None, match: str | None, direction: str | None, smallest: str | None, largest: str | None
) -> dict[str, Any]:
    from services.financial.domain.categorisation import RuleField, RuleMatch
    from services.financial.domain.categorisation.rule import Direction

    return {
        "field": RuleField(field) if field else None,
        "match": RuleMatch(match) if match else None,
        "direction": Direction(direction) if direction else None,
        "min_amount": parse_amount(smallest) if smallest else None,
        "max_amount": parse_amount(largest) if largest else None,
    }
