"""`nivesh keys`: API keys of the person of this machine, for programs that ask over HTTP."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated
from uuid import UUID

import typer

from api.cli.console import err, out
from api.cli.report import AsJson, Report, print_json, run, say

if TYPE_CHECKING:
    from api.cli.session import Session

app = typer.Typer(help="API keys, for programs that ask over HTTP or MCP.", no_args_is_help=True)

_READING = ["profile:read", "finance:read", "goals:read", "graph:read"]


@app.command()
def create(
    name: Annotated[str, typer.Argument(help="What you know it by.")],
    scope: Annotated[list[str] | None, typer.Option(help="What it may do; all that reads unless given.")] = None,
) -> None:
    """Make a key; its text is printed this once."""

    async def work(session: Session) -> None:
        from services.user.application.api_keys.create_api_key import CreateApiKeyRequest

        request = CreateApiKeyRequest(user_id=session.identity.user_id, name=name, scopes=scope or _READING)
        created = await session.application.users.api_keys.create(request)
        out.print(created.text, markup=False)
        err.print(f"May do: {', '.join(sorted(created.api_key.scopes))}. Send it as 'Authorization: Bearer <key>'.")

    run(work)


@app.command("list")
def list_keys(as_json: AsJson = False) -> None:
    """The keys that work."""

    async def work(session: Session) -> None:
        from services.user.application.api_keys.list_api_keys import ListApiKeysRequest

        view = await session.application.users.api_keys.list(ListApiKeysRequest(user_id=session.identity.user_id))
        if as_json:
            print_json(view)
            return
        report = Report("Id", "Name", "Begins with", "Scopes", "Created", "Last used")
        for key in view.api_keys:
            used = f"{key.last_used_at:%Y-%m-%d %H:%M}" if key.last_used_at else None
            report.add(key.id, key.name, key.hint, " ".join(key.scopes), f"{key.created_at:%Y-%m-%d}", used)
        report.print(empty="No keys. Make one with: nivesh keys create NAME")

    run(work)


@app.command()
def revoke(key_id: Annotated[UUID, typer.Argument(help="Id, as `nivesh keys list` shows it.")]) -> None:
    """Take a key out of use."""

    async def work(session: Session) -> None:
        from services.user.application.api_keys.revoke_api_key import RevokeApiKeyRequest
        from services.user.domain.api_key import ApiKeyId

        request = RevokeApiKeyRequest(user_id=session.identity.user_id, api_key_id=ApiKeyId(key_id))
        await session.application.users.api_keys.revoke(request)
        say("Revoked.")

    run(work)
