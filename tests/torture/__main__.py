"""`python -m tests.torture`: kill -9 of servers, workers and engines in the middle of turns, and what holds then."""

from __future__ import annotations

import argparse
import secrets
import sys
import tempfile
from pathlib import Path

from agents.runs.events import EventType
from tests.torture.torture import torture


def main() -> int:
    """Print the seed first, so that a failure can be repeated."""
    parser = argparse.ArgumentParser(prog="python -m tests.torture", description=__doc__)
    parser.add_argument("--kills", type=int, default=200, help="how many (default: %(default)s)")
    parser.add_argument("--seed", type=int, default=secrets.randbelow(10**6), help="of an earlier run, to repeat it")
    parser.add_argument("--home", type=Path, help="a new or empty directory, kept with the logs of the processes")
    options = parser.parse_args()
    if options.home is not None:
        options.home.mkdir(parents=True, exist_ok=True)
    print(f"seed {options.seed}, {options.kills} kills", flush=True)
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as temporary:
        outcome = torture(options.home or Path(temporary), kills=options.kills, seed=options.seed)
    print(f"killed: {', '.join(f'{name} {count}' for name, count in sorted(outcome.kills.items()))}")
    latest = outcome.latest.late_s if outcome.latest else 0
    print(f"turns: {len(outcome.turns)}; ends: {dict(outcome.ends)}; latest {latest:.1f} s after a restart")
    found = outcome.violations + outcome.late
    for violation in found:
        print(f"VIOLATED: {violation}")
    return 1 if found or set(outcome.ends) != {EventType.RUN_COMPLETED} else 0


if __name__ == "__main__":
    sys.exit(main())
