"""People ask while processes are killed."""

from __future__ import annotations

import random
import threading
import time
from collections import Counter
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from tests.support.client import Person
from tests.support.endpoint import scripted_endpoint
from tests.torture.checks import violations
from tests.torture.client import Asker, Turn
from tests.torture.processes import Deployment

_END_WITHIN_S = 10.0


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a run of the torture found, in words. `turns` are those that were acknowledged.

    `late` is what took too long, which on a busy machine says less than `violations`, what is wrong.
    """

    kills: Counter[str]
    turns: list[Turn]
    violations: list[str]
    late: list[str]

    @property
    def ends(self) -> Counter[str]:
        """How the turns ended."""
        return Counter(turn.final.value if turn.final else "none" for turn in self.turns)

    @property
    def latest(self) -> Turn | None:
        """The turn that took longest to end once everything was up again."""
        return max(self.turns, key=lambda turn: turn.late_s, default=None)


def torture(home: Path, *, kills: int, seed: int, people: int = 3) -> Outcome:
    """Kill so often, one or two at once, at moments and in an order that the seed decides, while people ask."""
    chance = random.Random(seed)
    killed: Counter[str] = Counter()
    with scripted_endpoint() as model_url, Deployment(home, model_url) as deployment, ExitStack() as stack:
        persons = [stack.enter_context(Person.register(deployment.servers[0].url)) for _ in range(people)]
        askers = [Asker(person, deployment, random.Random(chance.random())) for person in persons]
        stopped = threading.Event()
        asking = [threading.Thread(target=asker.ask_until, args=(stopped,)) for asker in askers]
        for thread in asking:
            thread.start()
        try:
            while killed.total() < kills:
                time.sleep(chance.uniform(0.1, 1.2))
                killed.update(deployment.kill_some(chance, kills - killed.total()))
        finally:
            stopped.set()
            for thread in asking:
                thread.join()
        deployment.quieten()
        turns = [turn for asker in askers for turn in asker.turns]
        late = [
            f"run {turn.run_id} ended {turn.late_s:.1f} s after everything was up again; killed last: {turn.after}"
            for turn in turns
            if turn.late_s > _END_WITHIN_S
        ]
        return Outcome(killed, turns, violations(deployment, askers), late)
