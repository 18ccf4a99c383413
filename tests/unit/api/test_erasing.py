"""Whatever is kept of a person, some context erases it."""

from __future__ import annotations

from sqlalchemy import Index, PrimaryKeyConstraint, UniqueConstraint

import api.bootstrap  # noqa: F401 with it come all tables
from data.metadata import metadata
from services.conversation.infrastructure import erasure as conversation
from services.financial.infrastructure import erasure as financial
from services.goals.infrastructure import erasure as goals
from services.knowledge_graph.infrastructure import erasure as graph
from services.shared.infrastructure import erasure as shared
from services.user.domain.events import UserErased
from services.user.infrastructure.tables import erasures, users


def test_every_table_of_a_person_is_erased_by_one_context() -> None:
    contexts = [conversation, financial, goals, graph, shared]
    follow_the_user = [
        table
        for table in metadata.tables.values()
        if any(key.references(users) and key.ondelete == "CASCADE" for key in table.foreign_keys)
    ]
    erased = [table for context in contexts for table in context.OF_A_PERSON] + follow_the_user
    assert len(erased) == len(set(erased))
    of_a_person = {table for table in metadata.tables.values() if "user_id" in table.columns}
    assert of_a_person - set(erased) == {erasures}


def test_the_rows_of_a_person_are_found_by_an_index() -> None:
    of_a_person = {table for table in metadata.tables.values() if "user_id" in table.columns}
    by_person = {
        table
        for table in of_a_person
        for keys in (*table.indexes, *table.constraints)
        if isinstance(keys, Index | PrimaryKeyConstraint | UniqueConstraint) and keys.columns.keys()[0] == "user_id"
    }
    assert of_a_person - by_person == {erasures}


def test_every_context_hears_of_the_users_own_event() -> None:
    async def erase(_: object) -> None: ...

    assert UserErased.__name__ == shared.USER_ERASED
    eraser = shared.ErasureConsumer("any", erase)
    assert eraser.topics == {UserErased.topic}
    assert eraser.names == {UserErased.__name__}


def test_what_has_no_owner_of_its_own_goes_with_what_it_belongs_to() -> None:
    orphans = {
        table.name
        for table in metadata.tables.values()
        if "user_id" not in table.columns and not any(key.ondelete == "CASCADE" for key in table.foreign_keys)
    }
    assert orphans == {"users", "outbox", "inbox", "transaction_months", "fund_schemes"}
