"""The program inside a command: its settings, its log, and the person at the keyboard."""

from __future__ import annotations

import json
import os
import secrets
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from api.bootstrap import Application, open_application
from api.cli.console import err
from api.collection import resume_collection
from api.logging import configure_logging
from api.settings import Settings
from services.shared.domain.identity import Identity
from services.shared.domain.ids import UserId
from services.user.application.get_profile import GetProfileRequest
from services.user.application.register_user import RegisterUserRequest
from services.user.domain.errors import UserNotFoundError
from services.user.domain.roles import Role, scopes_of

_FILE = "cli.json"


@dataclass(frozen=True, slots=True)
class Session:
    """An open application and the local person, who needs no password on their own machine."""

    application: Application
    identity: Identity


@asynccontextmanager
async def open_session() -> AsyncIterator[Session]:
    """Open the application for a command; its log goes to a file, its person is made at the first use."""
    settings = Settings()
    configure_logging(settings.log_level, file=settings.log_file or settings.home / "logs" / "cli.log", console=False)
    async with AsyncExitStack() as stack:
        with err.status("Starting the engines…") if err.is_terminal else nullcontext():
            application = await stack.enter_async_context(open_application(settings))
        resume_collection()
        yield Session(application, await _local_person(application, settings.home))


async def _local_person(application: Application, home: Path) -> Identity:
    path = home / _FILE
    if path.exists():
        user_id = UserId(UUID(json.loads(path.read_text())["user_id"]))
        try:
            await application.users.get_profile(GetProfileRequest(user_id=user_id))
        except UserNotFoundError:
            path.unlink()
        else:
            return _identity(user_id)
    session = await application.users.register_user(
        RegisterUserRequest(
            email=f"me-{secrets.token_hex(4)}@this-machine.invalid",
            password=secrets.token_urlsafe(32),
            first_name=os.environ.get("USER", "Me").capitalize() or "Me",
        )
    )
    path.write_text(json.dumps({"user_id": str(session.user.user_id)}))
    return _identity(session.user.user_id)


def forget_person(home: Path) -> None:
    """Have the next command make a new person."""
    (home / _FILE).unlink(missing_ok=True)


def _identity(user_id: UserId) -> Identity:
    return Identity(user_id, scopes_of([Role.USER]))
