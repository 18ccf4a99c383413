"""What to do next in a turn: ask for tools, or answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from agents.models.offline.account_mention import matching_accounts
from agents.models.offline.clarification import which
from agents.models.offline.failures import told
from agents.models.offline.frame import Frame
from agents.models.offline.intents.balances import LIST_ACCOUNTS, no_such_account
from agents.models.offline.intents.small_talk import capabilities
from agents.models.offline.kinds import intent_of
from agents.models.offline.rendering import joined
from agents.models.offline.results import Call, Payload, Results, UnreadableResultError, read_results
from agents.models.offline.understanding import Said, understand
from agents.models.port import Message

# As many calls as one round of tools runs; the others follow in the next.
_CALLS_AT_ONCE: Final = 16


@dataclass(frozen=True, slots=True)
class Step:
    """The next step: calls to make, or else the text to say."""

    calls: tuple[Call, ...] = ()
    text: str = ""


def next_step(messages: Sequence[Message], today: date, tools: frozenset[str]) -> Step:
    """Plan from the conversation alone; the same messages always give the same step."""
    frames = understand(_said(messages), today)
    if not frames:
        return Step(text=f"I did not understand that. {capabilities()}")
    results = read_results(messages[_last_question(messages) :])
    if results.failures:
        return Step(text=told(results.failures))
    return _together([_step(replace(frame, tools=tools), results, tools) for frame in frames])


def _said(messages: Sequence[Message]) -> list[Said]:
    said: list[Said] = []
    after = ""
    for message in messages:
        if message["role"] == "user":
            said.append(Said(message["content"] or "", after))
        elif message["role"] == "assistant" and message["content"]:
            after = message["content"]
    return said


def _together(steps: Sequence[Step]) -> Step:
    """One step for all parts of a message: their calls as long as there are any, then their answers."""
    calls = _unique([call for step in steps for call in step.calls])
    return (
        Step(calls=calls[:_CALLS_AT_ONCE])
        if calls
        else Step(text="\n\n".join(dict.fromkeys(step.text for step in steps)))
    )


def _step(frame: Frame, results: Results, tools: frozenset[str]) -> Step:
    try:
        return _offered(_planned(frame, replace(results, wanted=[])), tools)
    except UnreadableResultError as error:
        return Step(text=f"I could not read what the tools answered: '{error}' is missing.")


def _planned(frame: Frame, results: Results) -> Step:
    intent = intent_of(frame)
    if (frame.account is not None or _chose_account(frame)) and intent.by_account:
        accounts = results.get(LIST_ACCOUNTS)
        if accounts is None:
            return Step(calls=(LIST_ACCOUNTS,))
        return _by_account(frame, accounts.rows("accounts"), results)
    return _answered(frame, results)


def _chose_account(frame: Frame) -> bool:
    return frame.choice is not None and frame.choice.kind == "account"


def _by_account(frame: Frame, rows: list[Payload], results: Results) -> Step:
    """The answer for the account that is meant, for each of several when all were chosen; or which one is meant."""
    chosen = _accounts_of(frame, rows)
    if not chosen:
        return Step(text=no_such_account(frame, rows))
    if len(chosen) > 1 and not _chose_account(frame):
        return Step(text=which("account", [one.text("name") for one in chosen]))
    named = [replace(frame, account_id=one.text("account_id"), account_name=one.text("name")) for one in chosen]
    return _together([_answered(one, results) for one in named])


def _accounts_of(frame: Frame, rows: list[Payload]) -> list[Payload]:
    if frame.choice is not None and _chose_account(frame):
        return [one for one in rows if one.text("name") in frame.choice.options]
    return matching_accounts(frame.account, rows) if frame.account is not None else []


def _answered(frame: Frame, results: Results) -> Step:
    intent = intent_of(frame)
    missing = tuple(call for call in _unique(intent.calls(frame, results)) if results.get(call) is None)
    if missing:
        return Step(calls=missing)
    text = intent.answer(frame, results)
    wanted = _unique(results.wanted)
    return Step(calls=wanted) if wanted else Step(text=text)


def _unique(calls: Sequence[Call]) -> tuple[Call, ...]:
    return tuple({call.key: call for call in calls}.values())


def _offered(step: Step, tools: frozenset[str]) -> Step:
    """A step whose tools are all there; what a login may not use is said instead."""
    refused = sorted({call.tool for call in step.calls} - tools)
    if refused:
        return Step(text=f"This login may not use what that needs: {joined(refused)}.")
    return step


def _last_question(messages: Sequence[Message]) -> int:
    return max(index for index, message in enumerate(messages) if message["role"] == "user")
