"""`python -m benchmarks`: measure, print a line per figure, write build/bench.json.

The exit code is 1 when a bar is missed.
"""

from __future__ import annotations

import argparse
import sys

from benchmarks import main_job, planning, scale
from benchmarks.figures import Figure, write_report
from benchmarks.streams import measure as streams

SUITES = {
    "main_job": main_job.measure,
    "planning": planning.measure,
    "scale": scale.measure,
    "streams": streams.measure,
}


def main() -> int:
    """Run the suites that are asked for, all by default."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("suites", nargs="*", metavar="suite", help=f"which suites: {', '.join(SUITES)} (default: all)")
    options = parser.parse_args()
    if unknown := set(options.suites) - SUITES.keys():
        parser.error(f"there is no suite {', '.join(sorted(unknown))}; there are: {', '.join(SUITES)}")
    figures: list[Figure] = []
    for name in options.suites or SUITES:
        for figure in SUITES[name]():
            print(figure.line(), flush=True)
            figures.append(figure)
    write_report(figures)
    return 0 if all(figure.ok for figure in figures) else 1


if __name__ == "__main__":
    sys.exit(main())
