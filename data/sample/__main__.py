"""Writes a sample household to a directory: `python -m data.sample --seed 7 --end 2026-10-31 --out DIR`."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from data.sample.bulk import generate_rows
from data.sample.household import SampleHousehold, generate_household
from data.sample.truth_json import truth_json


def main(arguments: Sequence[str] | None = None) -> int:
    """Generate, write, and name the files; returns the exit code."""
    parser = _parser()
    chosen = parser.parse_args(arguments)
    out: Path = chosen.out
    out.mkdir(parents=True, exist_ok=True)
    if chosen.rows is not None:
        return _write(out, {"hdfc_savings.csv": generate_rows(chosen.rows, seed=chosen.seed, end=chosen.end)})
    try:
        household = generate_household(chosen.seed, end=chosen.end, months=chosen.months)
    except ValueError as error:
        parser.error(str(error))
    return _write(out, _files(household, with_ofx=chosen.ofx))


def _files(household: SampleHousehold, *, with_ofx: bool) -> dict[str, bytes]:
    files = dict(household.exports)
    files["truth.json"] = truth_json(household.truth).encode()
    if with_ofx:
        files["sbi_savings.ofx"] = household.ofx("sbi")
    return files


def _write(out: Path, files: dict[str, bytes]) -> int:
    for name, content in files.items():
        (out / name).write_bytes(content)
        sys.stdout.write(f"{out / name}\n")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m data.sample", description=__doc__)
    parser.add_argument("--seed", type=int, default=7, help="which household (default: 7)")
    parser.add_argument("--end", type=date.fromisoformat, required=True, help="its last day, as 2026-10-31")
    parser.add_argument("--months", type=int, default=24, help="over how many calendar months (default: 24)")
    parser.add_argument("--out", type=Path, required=True, help="the directory to write to; it is made")
    parser.add_argument("--ofx", action="store_true", help="write the SBI statement as OFX as well")
    parser.add_argument("--rows", type=_count, help="instead, one long HDFC statement of that many rows")
    return parser


def _count(text: str) -> int:
    if not text.isdigit() or not 1 <= int(text) <= 1_900_000:
        raise argparse.ArgumentTypeError("give a number of rows from 1 to 1900000")
    return int(text)


if __name__ == "__main__":
    sys.exit(main())
