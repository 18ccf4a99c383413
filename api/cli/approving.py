"""Asking the person at the terminal for their word on a write."""

from __future__ import annotations

import asyncio
import json
from typing import Any, Final
from uuid import UUID

from agents.approvals import Word, shown
from api.cli.console import fail, out
from api.cli.session import Session
from services.conversation.domain.approvals.approval import Decision
from services.conversation.domain.approvals.errors import ApprovalDecidedError, ApprovalExpiredError
from services.shared.domain.errors import NiveshError
from services.shared.domain.ids import ApprovalId

_WORDS: Final = {
    "y": Decision.APPROVE,
    "yes": Decision.APPROVE,
    "n": Decision.REJECT,
    "no": Decision.REJECT,
    "e": Decision.EDIT,
    "edit": Decision.EDIT,
}
_TRIES: Final = 3


class EditError(ValueError):
    """A change that cannot be read."""


async def ask_for_word(session: Session, approval: dict[str, Any]) -> None:
    """Show a write and take the word on it. No answer, or three that say nothing, is a no."""
    while True:
        _show(approval)
        decision = await _decision()
        try:
            arguments = await _edited(approval["arguments"]) if decision is Decision.EDIT else None
            decided = await session.application.engine.decide(
                session.identity,
                Word(
                    approval_id=ApprovalId(UUID(approval["approval_id"])),
                    decision=decision,
                    digest=approval["hash"],
                    arguments=arguments,
                ),
            )
        except (ApprovalExpiredError, ApprovalDecidedError) as error:
            fail(error.detail)
            return
        except (NiveshError, EditError) as error:
            if decision is Decision.REJECT:
                raise
            fail(error.detail if isinstance(error, NiveshError) else str(error))
            continue
        if arguments is not None:
            _show(shown(decided))
        return


def changed(arguments: dict[str, Any], text: str) -> dict[str, Any]:
    """The arguments with changes such as `target_amount=600000, name=Car`, or all new ones as a JSON object."""
    if text.lstrip().startswith("{"):
        try:
            whole: dict[str, Any] = json.loads(text, parse_float=str)
        except json.JSONDecodeError as error:
            raise EditError(f"This is not a JSON object: {error}.") from error
        return whole
    result = dict(arguments)
    for part in filter(None, (piece.strip() for piece in text.split(","))):
        name, separator, value = part.partition("=")
        if not separator:
            raise EditError(
                f"'{part}' is not a change. Write name=value, for example {next(iter(arguments), 'name')}=…"
            )
        if value.strip():
            result[name.strip()] = value.strip()
        else:
            result.pop(name.strip(), None)
    return result


def _show(approval: dict[str, Any]) -> None:
    preview = approval["preview"]
    out.print()
    out.print(preview["summary"], style="bold", markup=False)
    for line in preview["details"]:
        out.print(f"  {line['label']}: {line['value']}", markup=False)


async def _decision() -> Decision:
    for _ in range(_TRIES):
        answer = await _read("Do this? [y/n/edit] ")
        if answer is None:
            break
        if (decision := _WORDS.get(answer.lower())) is not None:
            return decision
        out.print("Please answer y, n or edit.", markup=False)
    return Decision.REJECT


async def _edited(arguments: dict[str, Any]) -> dict[str, Any]:
    out.print("  " + ", ".join(f"{name}={value}" for name, value in arguments.items()), style="dim", markup=False)
    return changed(arguments, await _read("Changes (name=value, …): ") or "")


async def _read(prompt: str) -> str | None:
    try:
        return (await asyncio.to_thread(out.input, prompt, markup=False)).strip()
    except EOFError:
        return None
