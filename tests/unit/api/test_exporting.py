"""Whatever is kept of a person can be taken away, but for what is a secret or made from the rest."""

from __future__ import annotations

import api.bootstrap  # noqa: F401 with it come all tables
from api.exporting import CHAT_LOG, EXPORTED
from data.metadata import metadata
from services.financial.infrastructure.caching.versions import finance_versions
from services.financial.infrastructure.records.tables import retired_lines
from services.shared.domain.ids import UserId, new_uuid
from services.shared.infrastructure.tables import effects
from services.user.infrastructure.tables import erasures, users

# Results kept for repeats of a request, sealed; fingerprints; a counter; and who has been erased.
STAYS_BEHIND = {effects, retired_lines, finance_versions, erasures}


def test_every_table_of_a_person_is_exported_once() -> None:
    tables = metadata.tables.values()
    owned = {table for table in tables if "user_id" in table.columns} | {users}
    belonging = {
        table
        for table in tables
        if any(key.column.table in owned and key.ondelete == "CASCADE" for key in table.foreign_keys)
    }
    exported = [one.table for one in EXPORTED]
    assert len(exported) == len(set(exported))
    assert (owned | belonging) - set(exported) == STAYS_BEHIND
    assert CHAT_LOG not in metadata.tables


def test_what_is_left_out_is_a_column() -> None:
    assert [one.table.name for one in EXPORTED if one.without - set(one.table.columns.keys())] == []


def test_each_row_is_looked_up_by_its_owner() -> None:
    queries = [str(one.rows_of(UserId(new_uuid()))) for one in EXPORTED]
    owned = ("user_id = :", "users.id = :")
    assert [query for query in queries if query.count(owned[0]) + query.count(owned[1]) != 1] == []
