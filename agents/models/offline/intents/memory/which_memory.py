"""Which of the things that are remembered a message is about."""

from __future__ import annotations

import re
from typing import Final

from agents.models.offline.clarification import which
from agents.models.offline.frame import Frame
from agents.models.offline.lexicon import lexicon
from agents.models.offline.results import Call, Payload, Results

LIST_MEMORIES: Final = Call("list_memories", {})
NOTHING: Final = "Nothing is remembered of you yet. Tell me to remember something, for example that you rent your flat."
_COMMON: Final = frozenset(
    ["remember", "forget", "told", "said", "memory", "memorie", "fact", "correct", "wrong", "thing", "note"]
)


def one_memory(frame: Frame, about: str, results: Results) -> Payload | str:
    """The memory that `about` speaks of, or what to say instead."""
    memories = results.of(LIST_MEMORIES).rows("memories")
    if not memories:
        return NOTHING
    found = _chosen(frame, memories) or _alike(about, memories)
    if not found:
        return "Nothing that I remember of you speaks of that."
    return found[0] if len(found) == 1 else which("memory", [_plain(one) for one in found])


def _chosen(frame: Frame, memories: list[Payload]) -> list[Payload]:
    if frame.choice is None or frame.choice.kind != "memory":
        return []
    return [one for one in memories if _plain(one) in frame.choice.options]


def _plain(memory: Payload) -> str:
    """The memory without what would end an option of a question that is asked back."""
    return re.sub(r"[?,]| or ", " ", memory.text("text"))


def _alike(about: str, memories: list[Payload]) -> list[Payload]:
    """Those that share most words with what was said; all of them when nothing was said of it."""
    wanted = _words(about)
    scores = [len(wanted & _words(one.text("text"))) for one in memories]
    best = max(scores)
    if not best and wanted:
        return []
    return [one for one, score in zip(memories, scores, strict=True) if score == best]


def _words(text: str) -> set[str]:
    """The telling words, without the ending of a plural."""
    words = set(re.findall(r"[^\W_]{2,}", text.lower())) - lexicon().stopwords
    return {word.removesuffix("s") for word in words} - _COMMON
