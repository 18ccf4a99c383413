"""Whatever is kept of a person, some context erases it."""

from __future__ import annotations

import api.bootstrap  # noqa: F401 with it come all tables
from data.metadata import metadata
from services.conversation.infrastructure import erasure as conversation
from services.financial.infrastructure import erasure as financial
from services.goals.infrastructure import erasure as goals
from services.knowledge_graph.infrastructure import erasure as graph
from services.user.infrastructure.tables import api_keys, erasures, external_identities, refresh_tokens


def test_every_table_of_a_person_is_erased_by_one_context() -> None:
    follow_the_user = [api_keys, external_identities, refresh_tokens]
    shared = [metadata.tables["effects"]]
    contexts = [conversation, financial, goals, graph]
    erased = [table for context in contexts for table in context.OF_A_PERSON] + follow_the_user + shared
    assert len(erased) == len(set(erased))
    of_a_person = {table for table in metadata.tables.values() if "user_id" in table.columns}
    assert of_a_person - set(erased) == {erasures}


def test_what_has_no_owner_of_its_own_goes_with_what_it_belongs_to() -> None:
    orphans = {
        table.name
        for table in metadata.tables.values()
        if "user_id" not in table.columns and not any(key.ondelete == "CASCADE" for key in table.foreign_keys)
    }
    assert orphans == {"users", "outbox", "inbox", "transaction_months", "fund_schemes"}
