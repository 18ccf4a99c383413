"""Changes from chat: the exact wish waits for the person, is done once on their word, and is told as it stands."""

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


async def _decided(family: Family, decision: Decision, question: str = QUESTION) -> tuple[RunEvent, str]:
    """What was to be approved, and the answer after the person's word."""
    engine, identity = family.app.engine, family.identity
    request = AcceptTurnRequest(user_id=identity.user_id, message=question, scopes=identity.scopes)
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


async def test_what_is_remembered_is_put_right_and_forgotten(families: list[Family]) -> None:
    family = families[1]
    said: list[str] = []
    for question in (
        "remember that I rent my flat in Pune",
        "correct what you remember about my flat: I own my flat now",
        "forget what you know about my flat",
    ):
        _, answer = await _decided(family, Decision.APPROVE, question)
        said.append(answer)
        said.append((await family.turn("what do you remember about me")).text)
    assert "I rent my flat in Pune" in said[0]
    assert "- I rent my flat in Pune" in said[1]
    assert "I own my flat now" in said[2]
    assert "- I own my flat now" in said[3]
    assert "rent" not in said[3]
    assert "Forgotten" in said[4]
    assert "Nothing is remembered" in said[5]


async def test_a_payment_is_noted_split_and_put_back(families: list[Family]) -> None:
    family = families[2]
    entry = "add an expense of 500 for groceries at Zyxwvut Traders from my HDFC savings account"
    _, answer = await _decided(family, Decision.APPROVE, entry)
    assert "₹500.00" in answer
    for question, words in (
        ("add a note to my last Zyxwvut Traders payment: for the party", "The note stands beside it now"),
        ("split my last Zyxwvut Traders payment: 300 groceries, rest gifts", "₹300.00 for groceries and ₹200.00"),
        ("undo the last change to my Zyxwvut Traders payment", "The latest change is undone"),
        ("delete my last Zyxwvut Traders transaction", "Deleted: Zyxwvut Traders"),
    ):
        _, answer = await _decided(family, Decision.APPROVE, question)
        assert words in answer, answer
    assert "find no such" in (await family.turn("show the history of my last Zyxwvut Traders payment")).text
