"""A measured figure, its bar, and the report."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

REPORT = Path("build/bench.json")


@dataclass(frozen=True, slots=True)
class Figure:
    """`bar` is the value it has to keep; `at_most` says on which side. Without a bar it is for information."""

    name: str
    value: float
    unit: str
    bar: float | None = None
    at_most: bool = True

    @property
    def ok(self) -> bool:
        """Whether it keeps its bar."""
        if self.bar is None:
            return True
        return self.value <= self.bar if self.at_most else self.value >= self.bar

    def line(self) -> str:
        """How it is printed."""
        bound = "" if self.bar is None else f"  ({'at most' if self.at_most else 'at least'} {self.bar:g})"
        return f"{'ok  ' if self.ok else 'MISS'} {self.name:32} {self.value:12,.2f} {self.unit}{bound}"


def write_report(figures: Iterable[Figure]) -> None:
    """`build/bench.json`: name to value, unit, bar and ok."""
    REPORT.parent.mkdir(exist_ok=True)
    report = {
        figure.name: {k: v for k, v in asdict(figure).items() if k != "name"} | {"ok": figure.ok} for figure in figures
    }
    REPORT.write_text(json.dumps(report, indent=2) + "\n")
