"""`nivesh graph`: how the money of this machine's person hangs together."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import orjson
import typer

from api.cli.console import err, fail, out
from api.cli.report import AsJson, Report, print_json, run, say

if TYPE_CHECKING:
    from api.cli.session import Session
    from services.knowledge_graph.domain.model import GraphNode, NodeKind

app = typer.Typer(help="How your money hangs together: flows, dependencies, people like you.", no_args_is_help=True)

Months = Annotated[int, typer.Option(min=1, max=36, help="How many complete months to look at.")]


@app.command()
def overview(as_json: AsJson = False) -> None:
    """How many of everything your part of the graph has."""

    async def work(session: Session) -> None:
        from services.knowledge_graph.application.get_graph_overview import GetGraphOverviewRequest

        request = GetGraphOverviewRequest(user_id=session.identity.user_id)
        view = await session.application.graph.get_graph_overview(request)
        if as_json:
            print_json(view)
            return
        report = Report("Kind", "Name", ">Count")
        for kind, count in view.node_counts.items():
            report.add("node", kind.value, count)
        for relation, count in view.relation_counts.items():
            report.add("relation", relation.value, count)
        report.print(empty="The graph is empty.")

    run(work)


@app.command()
def flow(
    months: Months = 6,
    currency: Annotated[str | None, typer.Option(help="ISO 4217; that of most movements without it.")] = None,
    as_json: AsJson = False,
) -> None:
    """How money flows from income over accounts to spending and goals."""

    async def work(session: Session) -> None:
        from services.knowledge_graph.application.insights.get_money_flow import GetMoneyFlowRequest

        wanted = currency.upper() if currency else None
        request = GetMoneyFlowRequest(user_id=session.identity.user_id, months=months, currency=wanted)
        view = await session.application.graph.get_money_flow(request)
        if as_json:
            print_json(view)
            return
        found = view.flow
        report = Report("From", "To", "Kind", f">A month ({found.currency})", ">In all")
        for one in found.flows:
            report.add(one.source, one.target, one.kind.value, one.monthly, one.total)
        report.print(empty="Nothing moved.")
        say(
            f"{view.from_} to {view.to}: income {found.income}, spending {found.spending}, to goals {found.to_goals}"
            f" {found.currency}."
        )
        _say_left_out(found.left_out)

    run(work)


@app.command()
def depends(
    goal: Annotated[str, typer.Argument(help="A goal's name or id.")], months: Months = 6, as_json: AsJson = False
) -> None:
    """Which accounts, payees and categories a goal depends on."""

    async def work(session: Session) -> None:
        from services.knowledge_graph.application.insights.get_goal_dependencies import GetGoalDependenciesRequest
        from services.knowledge_graph.domain.model import NodeKind
        from services.shared.domain.ids import GoalId, parse_uuid

        node = await _find(session, NodeKind.GOAL, goal)
        request = GetGoalDependenciesRequest(
            user_id=session.identity.user_id, goal_id=GoalId(parse_uuid(node.id, "a goal")), months=months
        )
        view = await session.application.graph.get_goal_dependencies(request)
        if as_json:
            print_json(view)
            return
        found = view.dependencies
        report = Report("What", "Name", "How", f">A month ({found.currency})", ">Share %")
        for account in found.accounts:
            report.add("account", account.name, account.role.value, account.monthly, None)
        for payee in found.payees:
            report.add("payer", payee.payee, payee.category, payee.monthly, payee.share_percent)
        for category in found.categories:
            report.add("spends", category.category, "", category.monthly, category.share_percent)
        report.print(empty="It depends on nothing that is known.")
        say(f"{view.from_} to {view.to}, by {found.basis}.")
        _say_left_out(found.left_out)

    run(work)


@app.command()
def impact(
    account: Annotated[str, typer.Argument(help="An account's name or id.")],
    months: Months = 6,
    as_json: AsJson = False,
) -> None:
    """What breaks if an account is closed."""

    async def work(session: Session) -> None:
        from services.knowledge_graph.application.insights.get_account_impact import GetAccountImpactRequest
        from services.knowledge_graph.domain.model import NodeKind
        from services.shared.domain.ids import AccountId, parse_uuid

        node = await _find(session, NodeKind.ACCOUNT, account)
        request = GetAccountImpactRequest(
            user_id=session.identity.user_id, account_id=AccountId(parse_uuid(node.id, "an account")), months=months
        )
        view = await session.application.graph.get_account_impact(request)
        if as_json:
            print_json(view)
            return
        found = view.impact
        report = Report("What", "Name", "How", f">A month ({found.currency})")
        for goal in found.goals:
            report.add("goal", goal.goal, goal.reason, None)
        for payer in found.income:
            report.add("income", payer.payee, payer.category, payer.monthly)
        for payment in found.regular_payments:
            report.add("payment", payment.payee, payment.category, payment.monthly)
        for transfer in found.transfers:
            report.add("transfer", transfer.account, transfer.direction, transfer.monthly)
        report.print(empty="Nothing rests on it.")
        say(
            f"{view.from_} to {view.to}: {found.income_percent} % of income and {found.spending_percent} % of"
            " spending go through it."
        )
        _say_left_out(found.left_out)

    run(work)


@app.command()
def similar(as_json: AsJson = False) -> None:
    """What is usual among people like you, if you and they agreed to be compared."""

    async def work(session: Session) -> None:
        from services.knowledge_graph.application.similarity.get_typical_allocation import GetTypicalAllocationRequest

        request = GetTypicalAllocationRequest(user_id=session.identity.user_id)
        view = await session.application.graph.get_typical_allocation(request)
        if as_json:
            print_json(view)
            return
        if view.cohort is None:
            err.print(view.explanation, markup=False)
            return
        report = Report("Of spending", ">Usually %", ">You %")
        for share in view.cohort.spending:
            report.add(share.category, share.typical_percent, share.own_percent)
        report.print(empty="Nothing can be told of ten people.")
        say(f"{view.explanation} {view.cohort.people} people, as of {view.as_of}.")

    run(work)


@app.command()
def consent(
    give: Annotated[bool | None, typer.Option("--give/--withdraw", help="Agree, or agree no longer.")] = None,
    as_json: AsJson = False,
) -> None:
    """Whether you agree to be compared with others who agreed; without an option, what you said."""

    async def work(session: Session) -> None:
        from services.knowledge_graph.application.similarity import consent as consents

        user_id, graph = session.identity.user_id, session.application.graph
        if give is None:
            found = await graph.get_similarity_consent(consents.GetSimilarityConsentRequest(user_id=user_id))
        else:
            request = consents.SetSimilarityConsentRequest(user_id=user_id, granted=give)
            found = await graph.set_similarity_consent(request)
        if as_json:
            print_json(found)
            return
        since = f" since {found.changed_at:%Y-%m-%d %H:%M} UTC" if found.changed_at else ""
        out.print(f"{'Agreed' if found.granted else 'Not agreed'}{since}.", markup=False)

    run(work)


@app.command()
def query(
    cypher: Annotated[str, typer.Argument(help="MATCH … RETURN …, over your own nodes; - reads it from stdin.")],
    param: Annotated[list[str] | None, typer.Option(help="name=value, for $name in the query.")] = None,
    as_json: AsJson = False,
) -> None:
    """Ask your part of the graph in read-only Cypher."""
    text = Path("/dev/stdin").read_text() if cypher == "-" else cypher

    async def work(session: Session) -> None:
        from services.knowledge_graph.application.cypher.query_graph import QueryGraphRequest

        parameters = dict(_parameter(one) for one in param or [])
        request = QueryGraphRequest(user_id=session.identity.user_id, query=text, parameters=parameters)
        view = await session.application.graph.query_graph(request)
        if as_json:
            print_json(view)
            return
        report = Report(*view.columns)
        for row in view.rows:
            report.add(*(_cell(value) for value in row))
        report.print(empty="No rows.")
        if view.truncated:
            err.print(f"Only the first {len(view.rows)} rows.", markup=False)

    run(work)


@app.command()
def rebuild() -> None:
    """Drop everybody's graph on this machine and build it again from what is on record."""

    async def work(session: Session) -> None:
        from rich.progress import Progress

        from services.knowledge_graph.application.rebuild_graph import RebuildGraphRequest

        with Progress(console=err, transient=True, disable=not err.is_terminal) as progress:
            task = progress.add_task("Building the graph", total=None)

            def on_progress(done: int, total: int) -> None:
                progress.update(task, completed=done, total=total)

            view = await session.application.graph.rebuild_graph(RebuildGraphRequest(on_progress=on_progress))
        out.print(f"Built the graph from {view.things} records in {view.events} events.", markup=False)

    run(work)


async def _find(session: Session, kind: NodeKind, wanted: str) -> GraphNode:
    """The node of this id or name."""
    from services.knowledge_graph.application.get_graph_overview import GetGraphOverviewRequest

    request = GetGraphOverviewRequest(user_id=session.identity.user_id)
    nodes = (await session.application.graph.get_graph_overview(request)).subgraph.nodes
    own = [node for node in nodes if node.kind == kind]
    for node in own:
        if wanted in (node.id, node.properties.get("name")):
            return node
    for node in own:
        if str(node.properties.get("name", "")).casefold() == wanted.casefold():
            return node
    names = ", ".join(sorted(str(node.properties["name"]) for node in own if "name" in node.properties)) or "none yet"
    fail(f"There is no {kind.value.lower()} '{wanted}'. There are: {names}.")
    raise typer.Exit(1)


def _say_left_out(left_out: tuple[str, ...]) -> None:
    if left_out:
        say(f"Left out: {'; '.join(left_out)}.")


def _parameter(text: str) -> tuple[str, str | int]:
    name, separator, value = text.partition("=")
    if not separator:
        raise typer.BadParameter(f"'{text}' is not name=value.")
    digits = value.removeprefix("-")
    return name, int(value) if digits.isascii() and digits.isdigit() and len(digits) < 19 else value


def _cell(value: Any) -> object:
    return orjson.dumps(value).decode() if isinstance(value, list | dict | bool) else value
