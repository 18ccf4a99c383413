"""What of a turn a model is sent when it would be too much: the oldest goes first, no call without its result."""

from __future__ import annotations

from agents.models.port import Message
from agents.tokens import tokens_at_most, tokens_of


def fit(context: list[Message], turn: list[Message], limit: int) -> list[Message]:
    """`context` (system messages, then earlier turns) and `turn` (the question first) within `limit` tokens.

    System messages, the question and the last group always stay. A group is a call message with all its results, or
    any other message. Earlier turns go first, then the oldest groups of this turn.
    """
    whole = [*context, *turn]
    if tokens_at_most(whole) <= limit or tokens_of(whole) <= limit:
        return whole
    system = [message for message in context if message["role"] == "system"]
    question, groups = turn[:1], _groups(turn[1:])
    earlier = _groups([message for message in context if message["role"] != "system"])
    room = limit - tokens_of(system) - tokens_of(question)
    kept_now = _newest(groups, room, at_least=1)
    kept_earlier: list[list[Message]] = []
    if len(kept_now) == len(groups):
        kept_earlier = _newest(earlier, room - sum(tokens_of(group) for group in groups), at_least=0)
    return [*system, *_flat(kept_earlier), *question, *_flat(kept_now)]


def _groups(messages: list[Message]) -> list[list[Message]]:
    groups: list[list[Message]] = []
    for message in messages:
        if message["role"] == "tool" and groups:
            groups[-1].append(message)
        else:
            groups.append([message])
    return groups


def _newest(groups: list[list[Message]], room: int, at_least: int) -> list[list[Message]]:
    kept: list[list[Message]] = []
    for group in reversed(groups):
        room -= tokens_of(group)
        if room < 0 and len(kept) >= at_least:
            break
        kept.insert(0, group)
    return kept


def _flat(groups: list[list[Message]]) -> list[Message]:
    return [message for group in groups for message in group]
