"""What runs are worked on with, and within which bounds."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from agents.limits import TurnLimits
from agents.models.port import ReasoningModel
from agents.runs.cancels import RunCancels
from agents.runs.leases import RunLeases
from agents.runs.writer import RunLogWriter
from prompts.library import Prompt
from services.conversation.application.use_cases import ConversationUseCases
from services.shared.domain.clock import Clock
from tools.gateway import ToolGateway

if TYPE_CHECKING:
    from agents.graph import TurnGraph


@dataclass(frozen=True, slots=True, kw_only=True)
class EngineSettings:
    """Bounds of a turn: `deadline_s` for all of it, `history_turns` of context, `drain_s` at shutdown."""

    owner: str
    deadline_s: float = 120
    history_turns: int = 40
    drain_s: float = 10
    lease_renewal_s: float = 1.5
    cancel_poll_s: float = 0.25
    cancel_wait_s: float = 2.5


@dataclass(frozen=True, slots=True, kw_only=True)
class EngineParts:
    """What the engine works with. `offered` are models that a run may name instead of the usual one.

    `graph` may have to load it at the first call. `is_outage` tells a store that cannot be reached from what is wrong.
    """

    conversations: ConversationUseCases
    graph: Callable[[], Awaitable[TurnGraph]]
    writer: RunLogWriter
    leases: RunLeases
    cancels: RunCancels
    gateway: ToolGateway
    model: ReasoningModel
    prompt: Prompt
    clock: Clock
    is_outage: Callable[[BaseException], bool]
    offered: Mapping[str, ReasoningModel] = field(default_factory=dict)
    limits: TurnLimits = field(default_factory=TurnLimits)
