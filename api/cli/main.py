"""The `nivesh` command."""

from __future__ import annotations

import sys

import typer

from api.cli import (
    account,
    budgets,
    categories,
    commands,
    conversations,
    doubles,
    fi,
    finance,
    goals,
    graph,
    investments,
    keys,
    loans,
    memory,
    rules,
    tax,
    transaction_history,
)
from api.cli.console import fail

app = typer.Typer(
    name="nivesh",
    help="Your money, asked in plain words: figures that a tool computed, verified and cited.",
    no_args_is_help=True,
    context_settings={"help_option_names": ["-h", "--help"]},
    pretty_exceptions_enable=False,
)
app.command("chat")(commands.chat)
app.command("import")(commands.import_statements)
app.command("serve")(commands.serve)
app.command("worker")(commands.worker)
app.command("demo")(commands.demo)
app.command("usage")(memory.usage)
app.add_typer(account.app, name="account")
app.add_typer(conversations.app, name="conversations")
app.add_typer(keys.app, name="keys")
app.add_typer(goals.app, name="goals")
finance.app.add_typer(budgets.app, name="budgets")
app.add_typer(finance.app, name="finance")
app.add_typer(graph.app, name="graph")
app.add_typer(memory.app, name="memory")
doubles.add_to(transaction_history.app)
app.add_typer(transaction_history.app, name="transactions")
app.add_typer(categories.app, name="categories")
app.add_typer(rules.app, name="rules")
app.add_typer(fi.app, name="fi")
app.add_typer(investments.app, name="investments")
app.add_typer(loans.app, name="loans")
app.add_typer(tax.app, name="tax")


def run() -> None:
    """Entry point: what a person can mend becomes one line on stderr and exit code 1, an interrupt 130."""
    try:
        app()
    except KeyboardInterrupt:
        sys.exit(130)
    except Exception as error:
        from api.cli.explain import explain

        message = explain(error)
        if message is None:
            raise
        fail(message)
        sys.exit(1)


if __name__ == "__main__":
    run()
