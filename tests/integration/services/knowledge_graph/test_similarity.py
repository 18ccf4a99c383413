"""Consent, likeness and what is told of it, on real stores."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from neo4j import AsyncDriver
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncEngine

from data.outbox.tables import outbox
from services.knowledge_graph.application.rebuild_graph import RebuildGraphRequest
from services.knowledge_graph.application.similarity.consent import (
    GetSimilarityConsentRequest,
    SetSimilarityConsentRequest,
)
from services.knowledge_graph.application.similarity.get_typical_allocation import (
    CohortState,
    GetTypicalAllocationRequest,
    TypicalAllocationView,
)
from services.knowledge_graph.application.use_cases import KnowledgeGraphUseCases
from services.knowledge_graph.domain.model import GoalNode, TransactionNode, version_of
from services.knowledge_graph.infrastructure.neo4j_graph import Neo4jGraphRepository
from services.knowledge_graph.infrastructure.similarity.neo4j_similarity import Neo4jSimilarityGraph
from services.knowledge_graph.infrastructure.similarity.postgres_consents import PostgresConsentReader
from services.knowledge_graph.infrastructure.similarity.projection import SimilarityProjection
from services.knowledge_graph.infrastructure.wiring import build_use_cases, prepare_stores
from services.shared.application.event_record import EventRecord
from services.shared.domain.ids import AccountId, GoalId, TransactionId, UserId, new_uuid
from services.shared.domain.money import Money
from tests.support.graph import dump

VERSION = version_of(datetime(2026, 11, 1, tzinfo=UTC), new_uuid())


@pytest.fixture
async def use_cases(graph_driver: AsyncDriver, postgres_engine: AsyncEngine) -> AsyncIterator[KnowledgeGraphUseCases]:
    """With nobody else who agreed: these tests are about everybody who did."""
    await prepare_stores(graph_driver)
    made = build_use_cases(graph_driver, postgres_engine)

    async def withdraw_all() -> None:
        for user_id in await PostgresConsentReader(postgres_engine).granted():
            await made.set_similarity_consent(SetSimilarityConsentRequest(user_id=user_id, granted=False))

    await withdraw_all()
    yield made
    await withdraw_all()


async def person(graph: Neo4jGraphRepository, rent: int, dining: int) -> UserId:
    user_id, account = UserId(new_uuid()), AccountId(new_uuid())
    spent = [("rent", rent, month) for month in (7, 8, 9)] + [("dining", dining, month) for month in (7, 8, 9)]
    transactions = [
        TransactionNode(
            id=TransactionId(new_uuid()),
            account_id=account,
            amount=Money(Decimal(-amount)),
            booked_on=date(2026, month, 5),
            payee="Somebody",
            category=category,
        )
        for category, amount, month in spent
    ]
    await graph.put_transactions(user_id, transactions, VERSION)
    goal = GoalNode(
        id=GoalId(new_uuid()),
        user_id=user_id,
        name="Home",
        goal_type="home",
        target_amount=Money(Decimal("500000")),
        target_date=date(2031, 3, 31),
    )
    await graph.upsert_goal(goal, VERSION)
    return user_id


async def agree(use_cases: KnowledgeGraphUseCases, *people: UserId, granted: bool = True) -> None:
    for user_id in people:
        await use_cases.set_similarity_consent(SetSimilarityConsentRequest(user_id=user_id, granted=granted))


async def typical(use_cases: KnowledgeGraphUseCases, user_id: UserId) -> TypicalAllocationView:
    return await use_cases.get_typical_allocation(GetTypicalAllocationRequest(user_id=user_id))


async def edges_of(driver: AsyncDriver, user_id: UserId) -> int:
    found = await driver.execute_query(
        "MATCH (:User {id: $id})-[r:SIMILAR_TO]-() RETURN count(r) AS count", id=str(user_id)
    )
    return int(found.records[0]["count"])


async def test_people_who_agreed_are_told_of_ten_and_more_and_nobody_else_of_anything(
    use_cases: KnowledgeGraphUseCases, graph_driver: AsyncDriver
) -> None:
    graph = Neo4jGraphRepository(graph_driver)
    own = await person(graph, 20000, 10000)
    others = [await person(graph, 20000 + number, 9000) for number in range(11)]
    shy = await person(graph, 20000, 10000)
    await agree(use_cases, own, *others[:9])
    await use_cases.refresh_similarity()

    assert (await typical(use_cases, own)).state is CohortState.NOT_ENOUGH_PEOPLE
    assert (await typical(use_cases, own)).cohort is None
    assert (await typical(use_cases, shy)).state is CohortState.NO_CONSENT
    assert await edges_of(graph_driver, shy) == 0

    await agree(use_cases, *others[9:])
    await use_cases.refresh_similarity()
    view = await typical(use_cases, own)
    assert view.state is CohortState.KNOWN
    assert view.cohort is not None
    assert view.cohort.people == 10
    assert [(one.category, one.typical_percent, one.own_percent) for one in view.cohort.spending] == [
        ("rent", 70, 66),
        ("dining", 30, 33),
    ]
    assert [(one.goal_type, one.people_percent) for one in view.cohort.goals] == [("home", 100)]
    assert view.cohort.reasons == ("dining", "rent")

    await agree(use_cases, others[0], others[1], granted=False)
    assert await edges_of(graph_driver, others[0]) == 0
    assert (await typical(use_cases, own)).state is CohortState.NOT_ENOUGH_PEOPLE
    assert (await typical(use_cases, others[0])).state is CohortState.NO_CONSENT

    few = UserId(new_uuid())
    await agree(use_cases, few)
    assert (await typical(use_cases, few)).state is CohortState.NOT_ENOUGH_RECORDS


async def test_relations_are_the_same_however_they_came_about(
    use_cases: KnowledgeGraphUseCases, graph_driver: AsyncDriver
) -> None:
    graph = Neo4jGraphRepository(graph_driver)
    people = [await person(graph, 1000 * (number + 1), 9000) for number in range(6)]
    for user_id in people:
        await agree(use_cases, user_id)
        await use_cases.refresh_similarity()
    grown = await dump(graph_driver, people)
    assert sum(kind == "SIMILAR_TO" for _, kind, _, _ in grown[1]) > 10
    for user_id in people:
        await Neo4jSimilarityGraph(graph_driver).forget(user_id)
    assert await use_cases.refresh_similarity() > 10
    assert await dump(graph_driver, people) == grown
    assert await use_cases.refresh_similarity() == 0


async def test_what_changes_for_one_person_changes_the_relations(
    use_cases: KnowledgeGraphUseCases, graph_driver: AsyncDriver
) -> None:
    graph = Neo4jGraphRepository(graph_driver)
    one, other = await person(graph, 20000, 10), await person(graph, 20000, 10)
    await agree(use_cases, one, other)
    await use_cases.refresh_similarity()
    assert await edges_of(graph_driver, one) == 2
    travel = TransactionNode(
        id=TransactionId(new_uuid()),
        account_id=AccountId(new_uuid()),
        amount=Money(Decimal("-9999999")),
        booked_on=date(2026, 9, 1),
        payee="Airline",
        category="travel",
    )
    await graph.put_transactions(one, [travel], VERSION)
    await use_cases.refresh_similarity()
    assert await edges_of(graph_driver, one) == 0


async def test_consent_is_off_until_it_is_given_and_each_change_is_told_once(
    use_cases: KnowledgeGraphUseCases, postgres_engine: AsyncEngine, unique_user: UserId
) -> None:
    consent = await use_cases.get_similarity_consent(GetSimilarityConsentRequest(user_id=unique_user))
    assert (consent.granted, consent.changed_at) == (False, None)
    for granted in (True, True, False, False, True):
        await agree(use_cases, unique_user, granted=granted)
    async with postgres_engine.connect() as connection:
        query = select(outbox.c.name).where(outbox.c.key == str(unique_user)).order_by(outbox.c.position)
        told = [row.name for row in await connection.execute(query)]
    assert told == ["SimilarityConsentGiven", "SimilarityConsentWithdrawn", "SimilarityConsentGiven"]
    assert (await use_cases.get_similarity_consent(GetSimilarityConsentRequest(user_id=unique_user))).granted


async def test_a_worker_compares_when_it_is_due_and_forgets_who_withdrew(
    use_cases: KnowledgeGraphUseCases, graph_driver: AsyncDriver, postgres_engine: AsyncEngine
) -> None:
    graph = Neo4jGraphRepository(graph_driver)
    one, other = await person(graph, 20000, 10), await person(graph, 20000, 10)
    projection = SimilarityProjection(
        PostgresConsentReader(postgres_engine), Neo4jSimilarityGraph(graph_driver), gather_s=0.01
    )

    async def tell(name: str, user_id: UserId) -> None:
        await projection.handle(EventRecord(new_uuid(), "knowledge_graph", name, user_id, datetime.now(UTC), {}))

    working = asyncio.create_task(projection.run())
    await agree(use_cases, one, other)
    await tell("SimilarityConsentGiven", one)
    async with asyncio.timeout(30):
        while await edges_of(graph_driver, one) != 2:  # noqa: ASYNC110 - the graph tells nobody of its changes
            await asyncio.sleep(0.05)
    working.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await working
    await graph_driver.execute_query(
        "MATCH (a:User {id: $one}) MATCH (b:User {id: $other}) MERGE (a)-[:SIMILAR_TO]->(b)",
        one=str(one),
        other=str(other),
    )
    await tell("SimilarityConsentWithdrawn", one)
    assert await edges_of(graph_driver, one) == 2
    await agree(use_cases, one, granted=False)
    await tell("SimilarityConsentWithdrawn", one)
    assert await edges_of(graph_driver, one) == 0


async def test_a_rebuild_ends_with_a_comparison(use_cases: KnowledgeGraphUseCases, graph_driver: AsyncDriver) -> None:
    graph = Neo4jGraphRepository(graph_driver)
    one, other = await person(graph, 20000, 10), await person(graph, 20000, 10)
    await agree(use_cases, one, other)
    await use_cases.rebuild_graph(RebuildGraphRequest(user_id=UserId(new_uuid())))
    assert await edges_of(graph_driver, one) == 2
