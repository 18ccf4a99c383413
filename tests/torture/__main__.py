"""`python -m tests.torture`: kill -9 of servers, workers and engines in the middle of turns, and what holds then."""

from __future__ import annotations

import argparse
import random
import secrets
import sys
import tempfile
import threading
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from agents.runs.events import EventType
from tests.support.client import Person
from tests.support.endpoint import scripted_endpoint
from tests.torture.checks import violations
from tests.torture.client import Asker
from tests.torture.processes import Deployment

_END_WITHIN_S = 10.0


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a run of the torture found. `latest_s`: how long after the last restart the latest turn ended."""

    kills: Counter[str]
    turns: int
    ends: Counter[str]
    latest_s: float
    violations: list[str]


def torture(home: Path, *, kills: int, seed: int, people: int = 3) -> Outcome:
    """Kill so often, at moments and in an order that the seed decides, while people ask."""
    chance = random.Random(seed)
    killed: Counter[str] = Counter()
    with scripted_endpoint() as model_url, Deployment(home, model_url) as deployment:
        askers = [
            Asker(Person.register(deployment.servers[0].url), deployment, random.Random(chance.random()))
            for _ in range(people)
        ]
        stopped = threading.Event()
        asking = [threading.Thread(target=asker.ask_until, args=(stopped,)) for asker in askers]
        for thread in asking:
            thread.start()
        try:
            for _ in range(kills):
                time.sleep(chance.uniform(0.1, 1.2))
                killed[deployment.kill_one(chance)] += 1
        finally:
            stopped.set()
            for thread in asking:
                thread.join()
        turns = [turn for asker in askers for turn in asker.turns]
        return Outcome(
            kills=killed,
            turns=len(turns),
            ends=Counter(turn.final.value if turn.final else "none" for turn in turns),
            latest_s=max((turn.late_s for turn in turns), default=0.0),
            violations=violations(deployment, askers),
        )


def main() -> int:
    """Print the seed first, so that a failure can be repeated."""
    parser = argparse.ArgumentParser(prog="python -m tests.torture", description=__doc__)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=secrets.randbelow(10**6))
    options = parser.parse_args()
    print(f"seed {options.seed}, {options.kills} kills", flush=True)
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as home:
        outcome = torture(Path(home), kills=options.kills, seed=options.seed)
    print(f"killed: {', '.join(f'{name} {count}' for name, count in sorted(outcome.kills.items()))}")
    print(f"turns: {outcome.turns}; ends: {dict(outcome.ends)}; latest {outcome.latest_s:.1f} s after a restart")
    for violation in outcome.violations:
        print(f"VIOLATED: {violation}")
    late = outcome.latest_s > _END_WITHIN_S
    if late:
        print(f"VIOLATED: a turn ended more than {_END_WITHIN_S:g} s after everything was up again")
    whole = set(outcome.ends) == {EventType.RUN_COMPLETED.value}
    return 0 if whole and not outcome.violations and not late else 1


if __name__ == "__main__":
    sys.exit(main())
