"""What is known of a person, read before it is asked for."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

import pytest

from agents.person import Person
from services.shared.domain.identity import Identity
from services.shared.domain.ids import UserId, new_uuid
from tools.gateway import ToolGateway
from tools.profile import NoArguments
from tools.tool import Tool

IDENTITY = Identity(UserId(new_uuid()), frozenset({"users:read"}))


@dataclass(frozen=True, slots=True)
class Profile:
    first_name: str


class Records:
    """A profile that is given once it may be; or a store that is away."""

    def __init__(self, error: Exception | None = None) -> None:
        self.asked, self.may_answer, self.stopped = asyncio.Event(), asyncio.Event(), asyncio.Event()
        self._error = error

    @property
    def person(self) -> Person:
        tool = Tool(
            name="get_profile", description="Reads.", scope="users:read", arguments=NoArguments, run=self._profile
        )
        return Person(ToolGateway([tool]), IDENTITY)

    async def _profile(self, _: Identity, __: NoArguments) -> Profile:
        self.asked.set()
        try:
            await self.may_answer.wait()
        except asyncio.CancelledError:
            self.stopped.set()
            raise
        if self._error is not None:
            raise self._error
        return Profile("Asha")


async def test_reading_begins_before_anybody_waits_for_it() -> None:
    records = Records()
    person = records.person
    person.read_ahead()
    await records.asked.wait()
    records.may_answer.set()
    assert await person.lines() == "- First name: Asha."


async def test_reading_for_a_question_that_was_not_recorded_is_stopped() -> None:
    records = Records()
    stop = records.person.read_ahead()
    await records.asked.wait()
    assert not records.stopped.is_set()
    stop()
    async with asyncio.timeout(10):
        await records.stopped.wait()


async def test_a_store_that_is_away_is_told_to_who_waits() -> None:
    records = Records(OSError("away"))
    person = records.person
    person.read_ahead()
    records.may_answer.set()
    with pytest.raises(OSError, match="away"):
        await person.lines()
