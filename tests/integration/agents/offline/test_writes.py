"""A goal set from chat: the exact wish waits for the person, is done once on their word, and its figures are told."""

from __future__ import annotations

from uuid import UUID

from agents.approvals import Word
from agents.runs.events import EventType, RunEvent, parse
from services.conversation.application.accept_turn import AcceptTurnRequest
from services.conversation.domain.approvals.approval import Decision
from services.goals.application.list_goals import ListGoalsRequest
from services.shared.domain.ids import ApprovalId
from tests.integration.agents.offline.households import Family

QUESTION = "12 lakh ki car ke liye goal banao March 2028 tak"


async def _decided(family: Family, decision: Decision) -> tuple[RunEvent, str]:
    """What was to be approved, and the answer after the person's word."""
    engine, identity = family.app.engine, family.identity
    request = AcceptTurnRequest(user_id=identity.user_id, message=QUESTION, scopes=identity.scopes)
    run = (await engine.submit(identity, request)).run
    events: list[RunEvent] = []
    async for frames in engine.follow(run):
        events += parse(frames)
        if events[-1].is_waiting:
            break
    (asked,) = [event for event in events if event.type is EventType.APPROVAL_REQUIRED]
    approval_id = ApprovalId(UUID(asked.data["approval_id"]))
    await engine.decide(identity, Word(approval_id=approval_id, decision=decision, digest=asked.data["hash"]))
    rest = [event async for frames in engine.follow(run, events[-1].seq) for event in parse(frames)]
    return asked, "".join(event.data["delta"] for event in rest if event.type is EventType.TEXT_DELTA)


async def _cars(family: Family) -> list[str]:
    view = await family.app.goals.list_goals(ListGoalsRequest(user_id=family.identity.user_id))
    return [str(one.goal.target_amount.amount) for one in view.goals if one.goal.name == "Car"]


async def test_a_goal_is_set_only_on_the_persons_word(families: list[Family]) -> None:
    family = families[0]
    _, declined = await _decided(family, Decision.REJECT)
    assert "Nothing was changed" in declined
    assert await _cars(family) == []
    asked, done = await _decided(family, Decision.APPROVE)
    wanted = {"name": "Car", "goal_type": "car", "target_amount": "1200000", "target_date": "2028-03-31"}
    assert wanted.items() <= asked.data["arguments"].items()
    assert "₹12,00,000.00" in done
    assert "31 Mar 2028" in done
    assert len(await _cars(family)) == 1
