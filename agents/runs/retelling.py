"""Telling a closed run from its record: what its log does not hold yet, and the final event."""

from __future__ import annotations

from agents.runs.events import EventType
from agents.runs.sink import RunSink
from services.conversation.domain.run import Run, RunState


def say_again(run: Run, sink: RunSink) -> None:
    """Emit what is missing: the rest of the answer, its citations, the usage, and how the run ended."""
    if run.state is RunState.FAILED:
        sink.emit(EventType.RUN_FAILED, {"run_id": str(run.id), "problem": run.problem})
        return
    if run.state is RunState.CANCELLED:
        _say_rest(run, sink)
        sink.emit(EventType.RUN_CANCELLED, {"run_id": str(run.id)})
        return
    _say_rest(run, sink)
    for citation in run.citations:
        sink.emit_once(EventType.CITATION, dict(citation))
    usage = {"prompt_tokens": run.prompt_tokens, "completion_tokens": run.completion_tokens, "model": run.model}
    sink.emit_once(EventType.USAGE, usage)
    sink.emit(EventType.RUN_COMPLETED, {"run_id": str(run.id), "message_id": str(run.message_id)})


def _say_rest(run: Run, sink: RunSink) -> None:
    answer, said = run.answer or "", sink.said.text
    if answer.startswith(said) and answer != said:
        sink.text(answer[len(said) :])
