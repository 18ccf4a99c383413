from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.knowledge_graph.domain.cypher.query import confine
from services.knowledge_graph.domain.cypher.words import MOST_ROWS
from services.knowledge_graph.domain.errors import CypherError
from services.shared.domain.ids import UserId, new_uuid
from tests.support.hostile_cypher import ATTACKS, Grammar

OTHER = UserId(new_uuid())


def is_confined(text: str) -> bool:
    """Whether each node pattern of a rewritten query has the owner, and each relation names types of one owner."""
    patterns = re.findall(r"MATCH (.*?)(?= WHERE |\n| \}|$)", text)
    nodes = [node for pattern in patterns for node in re.findall(r"\(([^()]*)\)", pattern)]
    relations = re.findall(r"-\[([^\]]*)\]-", text)
    owned = all("{owner: $owner" in node for node in nodes)
    return owned and all(":" in one and "SIMILAR_TO" not in one for one in relations) and len(nodes) >= len(patterns)


@pytest.mark.parametrize(
    ("query", "part"),
    [
        ("MATCH (n) RETURN n", "MATCH (x_n {owner: $owner})\nRETURN x_n AS x_n LIMIT 1001"),
        ("match ( ) return 1 limit 5", "MATCH ( {owner: $owner})\nRETURN 1 AS c_0 LIMIT 5"),
        ("MATCH (n) RETURN n LIMIT 99999", f"LIMIT {MOST_ROWS + 1}"),
        ("MATCH (a {name: 'x'})--(b) RETURN b", "(x_a {owner: $owner, name: $s_0})-[:HAS_ACCOUNT|HAS_GOAL|"),
        ("MATCH (n) WHERE n.name = 'x' OR true RETURN n", "WHERE ((x_n.name = $s_0) OR true)"),
        ("MATCH (a)-[*2]->(b) WHERE a.id = 'x' OR true RETURN b", "n.owner = $owner) AND ((x_a.id = $s_0) OR true)"),
        ("RETURN 'a' + 1", "(toInteger($s_0) + toInteger(1))"),
    ],
)
def test_what_a_query_becomes(query: str, part: str) -> None:
    assert part in confine(query).text


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("", "Expected MATCH"),
        ("CREATE (n) RETURN n", "only read"),
        ("MATCH (n) SET n.name = 'x' RETURN n", "only read"),
        ("MATCH (n) RETURN n.owner", "no property 'owner'"),
        ("MATCH (a)-[:SIMILAR_TO]-(b) RETURN b", "ten and more"),
        ("MATCH (a)-[*]-(b) RETURN b", "how many hops"),
        ("MATCH (a)-[*1..9]-(b) RETURN b", "how many hops"),
        ("MATCH (a), (b) RETURN a", "share a variable"),
        ("MATCH (a) RETURN avg(a.amount_minor)", "no function 'avg'"),
        ("MATCH (a) RETURN b", "not bound"),
        ("MATCH (a) WITH a.name AS n RETURN a", "not bound"),
        ("MATCH (a) WITH a.name RETURN 1", "with AS"),
        ("MATCH (a) RETURN a.id, a.id", "one name"),
        ("MATCH (a) RETURN 1.5", "begins nothing"),
        ("MATCH (a) RETURN $nothing", "no value"),
        ("MATCH (a) RETURN 'it\\u0027s'", "no escape"),
        ("MATCH (a) RETURN substring(a.id)", "takes 3 arguments"),
        ("MATCH (a) RETURN a LIMIT -1", "whole number"),
        ("MATCH (a) RETURN a SKIP 100001", "At most 100000"),
        ("MATCH (a) RETURN a MATCH (b)", "the end of the query"),
        ("MATCH (a) RETURN 99999999999999999999", "64 bits"),
        ("MATCH (a)<-->(b) RETURN a", "one direction"),
        ("MATCH (count) RETURN 1", "cannot name"),
        ("MATCH (a) RETURN " + "(" * 30 + "1" + ")" * 30, "nested"),
        ("MATCH (a) RETURN " + "-".join(["1"] * 3000), "4000 characters"),
        ("MATCH (a) " + "MATCH (a) " * 12 + "RETURN a", "10 clauses"),
        ("MATCH (a)" + "--()" * 8 + " RETURN a", "6 relations"),
    ],
)
def test_what_is_refused_is_said(query: str, words: str) -> None:
    with pytest.raises(CypherError) as refused:
        confine(query)
    assert words in refused.value.detail


def test_columns_are_named_as_they_were_written() -> None:
    query = confine("MATCH (t:Transaction) RETURN t.payee,\n sum( t.amount_minor ) AS total, count(*), t")
    assert query.columns == ("t.payee", "total", "count(*)", "t")


def test_no_parameter_of_the_query_is_the_owner() -> None:
    query = confine("MATCH (n {id: $owner}) WHERE n.name = $s_0 RETURN n", {"owner": "x", "s_0": "y"})
    assert query.parameters == {"p_owner": "x", "p_s_0": "y"}


def test_generated_queries_are_confined_throughout() -> None:
    grammar = Grammar(1)
    refused = 0
    for _ in range(1000):
        try:
            query = confine(grammar.query())
        except CypherError:
            refused += 1
            continue
        assert is_confined(query.text), query.text
    assert refused < 100


def test_attacks_are_confined_or_refused() -> None:
    accepted = 0
    for attack in ATTACKS:
        try:
            query = confine(attack.format(other=OTHER, other_account=OTHER), {"other": str(OTHER)})
        except CypherError:
            continue
        accepted += 1
        assert is_confined(query.text), query.text
        assert str(OTHER) not in query.text
    assert 10 < accepted < len(ATTACKS) / 2


WORDS = """MATCH OPTIONAL WHERE RETURN WITH UNION CALL EXISTS AND OR NOT IN AS ORDER BY LIMIT SKIP CASE END
n m n.name :User owner $owner -- --> <-- 1 'x' count(*) SIMILAR_TO *1..2 HAS_GOAL null"""
FRAGMENTS = st.sampled_from([*"(){}[]<>-=+*/%.,:;|$'\"\\`!&~^@#", *WORDS.split(), " ", "\n"])


@settings(max_examples=500, deadline=None)
@given(st.lists(FRAGMENTS, max_size=25))
def test_any_text_is_confined_or_refused(parts: list[str]) -> None:
    for text in (" ".join(parts), f"MATCH (n) WHERE {' '.join(parts)} RETURN n"):
        try:
            query = confine(text)
        except CypherError:
            continue
        assert is_confined(query.text), (text, query.text)
        assert not re.search(r"\b(CREATE|MERGE|DELETE|SET|CALL|UNION|LOAD|SIMILAR_TO)\b", query.text)
