"""What to do next in a turn: ask for tools, or answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from agents.models.offline.account_mention import matching_accounts
from agents.models.offline.frame import Frame
from agents.models.offline.intents.balances import LIST_ACCOUNTS, no_such_account
from agents.models.offline.intents.small_talk import capabilities
from agents.models.offline.rendering import joined
from agents.models.offline.results import Call, Results, UnreadableResultError, read_results
from agents.models.offline.understanding import intent_of, understand
from agents.models.port import Message


@dataclass(frozen=True, slots=True)
class Step:
    """The next step: calls to make, or else the text to say."""

    calls: tuple[Call, ...] = ()
    text: str = ""


def next_step(messages: Sequence[Message], today: date, tools: frozenset[str]) -> Step:
    """Plan from the conversation alone; the same messages always give the same step."""
    questions = [message["content"] or "" for message in messages if message["role"] == "user"]
    frame = understand(questions, today) if questions else None
    if frame is None:
        return Step(text=f"I did not understand that. {capabilities()}")
    results = read_results(messages[_last_question(messages) :])
    if results.failures:
        failure = results.failures[0]
        return Step(text=f"I could not look that up: {failure.detail or f'{failure.tool} failed'}")
    try:
        return _offered(_planned(replace(frame, tools=tools), results), tools)
    except UnreadableResultError as error:
        return Step(text=f"I could not read what the tools answered: '{error}' is missing.")


def _planned(frame: Frame, results: Results) -> Step:
    intent = intent_of(frame)
    if frame.account is not None and intent.by_account:
        accounts = results.get(LIST_ACCOUNTS)
        if accounts is None:
            return Step(calls=(LIST_ACCOUNTS,))
        rows = accounts.rows("accounts")
        chosen = matching_accounts(frame.account, rows)
        if not chosen:
            return Step(text=no_such_account(frame, rows))
        if len(chosen) > 1:
            names = joined([one.text("name") for one in chosen], "or")
            return Step(text=f"Which account do you mean: {names}?")
        frame = replace(frame, account_id=chosen[0].text("account_id"), account_name=chosen[0].text("name"))
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
