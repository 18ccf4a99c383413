"""What a turn's graph is given from outside at run time, never stored with its state."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import date

from agents.approvals import ApprovalDesk
from agents.limits import TurnLimits
from agents.models.port import Message, ReasoningModel
from agents.person import Person
from agents.runs.sink import RunSink
from agents.runs.slots import Slot
from agents.spending import Meter
from prompts.library import Prompt
from services.shared.domain.identity import Identity
from tools.gateway import ToolGateway


@dataclass(frozen=True, slots=True, kw_only=True)
class TurnContext:
    """One run's surroundings. `history` fetches the earlier turns of the conversation, oldest first.

    `is_outage` tells a store that cannot be reached from what is wrong.
    """

    run_id: str
    identity: Identity
    person: Person
    question: str
    today: date
    timezone: str
    model: ReasoningModel
    gateway: ToolGateway
    desk: ApprovalDesk
    prompt: Prompt
    sink: RunSink
    slot: Slot = field(default_factory=Slot)
    limits: TurnLimits = field(default_factory=TurnLimits)
    meter: Meter = field(default_factory=Meter)
    is_outage: Callable[[BaseException], bool] = lambda _: False
    history: Callable[[], Awaitable[list[Message]]]
