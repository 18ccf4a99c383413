"""The model's turn: text streams through the figure gate, tool calls end it."""

from __future__ import annotations

from functools import lru_cache

from langgraph.runtime import Runtime

from agents import calculation
from agents.context import TurnContext
from agents.context_window import fit
from agents.models.port import (
    Message,
    MessageToolCall,
    ModelError,
    ModelEvent,
    ModelRequest,
    ReasoningModel,
    TextDelta,
    ToolCallsRequested,
    ToolSpec,
)
from agents.nodes.draft import Draft
from agents.nodes.evidence import evidence_of
from agents.nodes.recalled import call_id, recall
from agents.spending import Completion
from agents.state import TurnState, cost_of, tokens_of_turn
from agents.tokens import ready, tokens_at_most
from services.conversation.domain.run import Spent
from tools.calls import MAX_ARGUMENTS_CHARS
from tools.gateway import ToolGateway


async def reason(state: TurnState, runtime: Runtime[TurnContext]) -> TurnState:
    """One completion: either tool calls, or a draft whose verified part is the answer."""
    context = runtime.context
    if tokens_at_most([*state["context"], *state["turn"]]) > context.limits.context_tokens:
        await ready()
    request = _request(state, context)
    completion = context.meter.begin(
        len(state.get("models", [])), Completion(request, request.only or context.model.name)
    )
    if recall(completion, state, context):
        shown = TurnState(stopped=[], cut="")
    else:
        shown = await _made(completion, state, context)
    spent = await completion.spent(context.limits.prices)
    return {**shown, **_asked(completion, state), **_taken(completion, spent)}


async def _made(completion: Completion, state: TurnState, context: TurnContext) -> TurnState:
    """Have it made, and shown as it comes."""
    cited, sent_back = state.get("citations", []), bool(state["stopped"])
    draft = Draft(context.sink, evidence_of(state, context), state["answer"], cited, sent_back=sent_back)
    context.slot.leave()
    await _receive(completion, draft, context.model)
    if completion.calls is None:
        draft.end()
    else:
        await context.slot.again()
    return {"answer": draft.shown, "citations": draft.citations, "stopped": draft.stopped, "cut": _cut(completion)}


class _StoppedError(Exception):
    """The rest of the draft is not wanted."""


async def _receive(completion: Completion, draft: Draft, model: ReasoningModel) -> None:
    """Show what comes, until its end or a figure that no tool gave; the completion knows of it even if it breaks."""

    def hear(event: ModelEvent) -> None:
        completion.note(event)
        if isinstance(event, TextDelta) and not draft.take(event.text):
            raise _StoppedError

    try:
        await model.stream(completion.request, hear)
    except _StoppedError:
        return
    except ModelError as error:
        completion.broke(error)
        raise


def _request(state: TurnState, context: TurnContext) -> ModelRequest:
    messages = fit(state["context"], state["turn"], context.limits.context_tokens)
    if state["stopped"]:
        messages = [*messages, _correction(state)]
    return ModelRequest(
        messages=messages,
        tools=_offered(context.gateway, context.identity.scopes),
        tools_allowed=context.limits.allow_tools(state["rounds"], tokens_of_turn(state), cost_of(state)),
        today=context.today,
        timezone=context.timezone,
        only=_begun_by(state, context),
    )


def _begun_by(state: TurnState, context: TurnContext) -> str | None:
    """The model that has spoken in this turn, or asked for a write: no other may go on in its place."""
    models = state.get("models", [])
    wrote = any(context.gateway.writes(name) for name in state.get("tools_called", ()))
    return models[-1] if models and (state["answer"] or wrote) else None


def _correction(state: TurnState) -> Message:
    figures = ", ".join(state["stopped"])
    return {
        "role": "system",
        "content": (
            f"Your draft was stopped: no tool result of this turn holds {figures}. The person has read this much: "
            f"«{state['answer']}». Go on right after it, without repeating it, with figures from tool results only."
        ),
    }


@lru_cache(maxsize=16)
def _offered(gateway: ToolGateway, scopes: frozenset[str]) -> tuple[ToolSpec, ...]:
    """What a model may call for a person of these scopes. The same tuple each time: no turn makes sixty objects."""
    specs = (ToolSpec(tool.name, tool.description, tool.parameters()) for tool in gateway.tools(scopes))
    return (*specs, calculation.spec())


def _taken(completion: Completion, spent: Spent) -> TurnState:
    return {
        "prompt_tokens": spent.prompt_tokens,
        "completion_tokens": spent.completion_tokens,
        "models": [completion.model],
        "costs": [f"{spent.cost_usd:f}"],
    }


def _asked(completion: Completion, state: TurnState) -> TurnState:
    """The round that its calls begin, if there are any."""
    if completion.calls is None:
        return {}
    step = state["rounds"] + 1
    said, calls = completion.received.getvalue(), _numbered(completion.calls, step)
    return {"turn": [{"role": "assistant", "content": said or None, "tool_calls": calls}], "rounds": step}


def _cut(completion: Completion) -> str:
    return completion.cut.reason if completion.cut is not None and completion.calls is None else ""


def _numbered(calls: ToolCallsRequested, step: int) -> list[MessageToolCall]:
    """The calls with ids of our own.

    Of arguments that are too long as much is kept as shows that they are: no store or model has to carry the rest.
    """
    return [
        {
            "id": call_id(step, index),
            "type": "function",
            "function": {"name": call.name, "arguments": call.arguments[: MAX_ARGUMENTS_CHARS + 1]},
        }
        for index, call in enumerate(calls.calls, start=1)
    ]
