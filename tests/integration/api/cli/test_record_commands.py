"""`nivesh transactions` and `nivesh rules` in a pipe and as JSON, on a household's records."""

from __future__ import annotations

import json
from typing import Any

from tests.integration.api.cli.conftest import Command


def rows(printed: Any) -> list[dict[str, str]]:
    """A table in a pipe: its lines by its headings."""
    assert printed.exit_code == 0, printed.exception
    heading, *lines = [line.split("\t") for line in printed.stdout.splitlines()]
    return [dict(zip(heading, line, strict=True)) for line in lines]


def printed_json(printed: Any) -> Any:
    assert printed.exit_code == 0, printed.exception
    return json.loads(printed.stdout)


def test_a_rule_is_made_changed_and_deleted(nivesh: Command) -> None:
    words = rows(nivesh("transactions", "list", "--limit", "1"))[0]["Payee"]
    (tried,) = rows(nivesh("rules", "add", words, "gifts", "--dry-run"))
    assert tried["Category"] == "gifts"
    assert int(tried["Would change"]) > 0
    assert rows(nivesh("rules", "list")) == []

    (made,) = rows(nivesh("rules", "add", words, "gifts"))
    assert made["Changed"] == tried["Would change"]
    (listed,) = rows(nivesh("rules", "list"))
    assert listed["Id"] == made["Id"]
    changed = printed_json(nivesh("rules", "change", made["Id"], "--category", "education", "--min", "0.01", "--json"))
    assert (changed["category"], changed["pattern"]) == ("education", listed["Pattern"])
    assert changed["recategorised"] == int(made["Changed"])
    (deleted,) = rows(nivesh("rules", "delete", made["Id"]))
    assert deleted["Changed"] == made["Changed"]
    assert printed_json(nivesh("rules", "list", "--json")) == {"rules": []}
    assert nivesh("rules", "delete", made["Id"]).exit_code == 1
    assert nivesh("rules", "change", made["Id"], "--in", "nowhere").exit_code == 2
    assert nivesh("rules", "add", words, "gifts", "--min", "much").exit_code == 2


def test_what_came_twice_is_listed_and_merged(nivesh: Command) -> None:
    line = next(one for one in rows(nivesh("transactions", "list")) if one["Amount"].startswith("-"))
    assert rows(nivesh("transactions", "doubles")) == []
    account = ("--account", line["Account"], "--on", line["Date"])
    (entered,) = rows(nivesh("transactions", "add", line["Amount"], "What I wrote down", "--note", "mine", *account))
    (pair,) = rows(nivesh("transactions", "doubles"))
    assert (pair["Entered"], pair["Amount"], pair["On"]) == (entered["Id"], line["Amount"], line["Date"])
    booked = pair["Booked"]
    assert printed_json(nivesh("transactions", "doubles", "--json"))["count"] == 1

    (tried,) = rows(nivesh("transactions", "merge", entered["Id"], booked, "--dry-run"))
    assert rows(nivesh("transactions", "doubles")) == [pair]
    assert rows(nivesh("transactions", "merge", entered["Id"], booked)) == [tried]
    assert (tried["Id"], tried["Note"]) == (booked, "mine")
    assert rows(nivesh("transactions", "doubles")) == []
    again = nivesh("transactions", "merge", entered["Id"], booked)
    assert again.exit_code == 1
    assert nivesh("transactions", "merge", "this", "that").exit_code == 2


def test_what_an_account_began_with_is_told_and_put_right(nivesh: Command) -> None:
    account = rows(nivesh("transactions", "list", "--limit", "1"))[0]["Account"]
    told = ("finance", "opening-balance", account)
    (at_first,) = rows(nivesh(*told))
    was = at_first["Opening balance"]
    changed, now = rows(nivesh(*told, "--set", "-1,250.50"))
    assert (changed["Before"], changed["Opening balance"], changed["Who"]) == (was, "-1250.50", "person")
    assert (now["When"], now["Opening balance"]) == ("now", "-1250.50")

    view = printed_json(nivesh(*told, "--set", was, "--json"))
    assert [view["opening_balance"], *(one["before"] for one in view["changes"])] == [was, was, "-1250.50"]
    unknown = nivesh("finance", "opening-balance", "Nothing", "--set", "1")
    assert (unknown.exit_code, account in str(unknown.exception)) == (1, True)
    assert nivesh(*told, "--set", "lots").exit_code == 2
    assert len(rows(nivesh(*told))) == 3
