"""Reports: plain lines in a pipe, a table on a terminal."""

from __future__ import annotations

from decimal import Decimal

import pytest
from rich.console import Console

from api.cli import report
from api.cli.report import Report, say


def a_report() -> Report:
    made = Report("Month", ">Amount")
    made.add("2026-10", Decimal("1E+3"))
    made.add("two\tcolumns", None)
    return made


def test_in_a_pipe_it_is_lines_with_tabs_between_cells(capsys: pytest.CaptureFixture[str]) -> None:
    a_report().print(empty="Nothing.")
    say("This is for a person.")

    assert capsys.readouterr().out == "Month\tAmount\n2026-10\t1000\ntwo columns\t\n"


def test_an_empty_report_in_a_pipe_is_its_headings(capsys: pytest.CaptureFixture[str]) -> None:
    Report("Month").print(empty="Nothing.")

    assert capsys.readouterr().out == "Month\n"


def test_on_a_terminal_it_is_a_table_and_emptiness_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = Console(force_terminal=True, width=60, record=True)
    monkeypatch.setattr(report, "out", terminal)
    a_report().print(empty="Nothing.")
    Report("Month").print(empty="Nothing.")
    shown = terminal.export_text()

    assert "│" in shown
    assert "1000" in shown
    assert shown.rstrip().endswith("Nothing.")


def test_a_row_has_a_cell_under_each_heading() -> None:
    with pytest.raises(ValueError, match="2 cells under 1 headings"):
        Report("Month").add(1, 2)
