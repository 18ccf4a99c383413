"""The words of the graph that a query may use; every other label, type, property and function is refused."""

from __future__ import annotations

from typing import Final

LABELS: Final = frozenset({"User", "Account", "Goal", "Transaction", "Category", "Investment"})
TYPES: Final = ("HAS_ACCOUNT", "HAS_GOAL", "BELONGS_TO", "CATEGORIZED_AS", "REQUIRES")
"""None of these leads from one person's nodes to another's."""

PROPERTIES: Final = frozenset(
    {
        "id",
        "name",
        "account_type",
        "institution",
        "currency",
        "goal_type",
        "target_amount",
        "target_date",
        "kind",
        "amount",
        "amount_minor",
        "due_on",
        "account_id",
        "booked_on",
        "payee",
        "category",
        "pair",
    }
)
AGGREGATES: Final = frozenset({"count", "sum", "min", "max", "collect"})
FUNCTIONS: Final = {
    "abs": 1,
    "coalesce": None,
    "head": 1,
    "labels": 1,
    "last": 1,
    "left": 2,
    "length": 1,
    "nodes": 1,
    "relationships": 1,
    "right": 2,
    "size": 1,
    "substring": 3,
    "toInteger": 1,
    "toLower": 1,
    "toString": 1,
    "toUpper": 1,
    "trim": 1,
    "type": 1,
}
"""Scalar functions by how many arguments they take; None is one or more. None makes text longer than it was."""

# fmt: off
RESERVED: Final = frozenset(
    {
        "ALL", "AND", "AS", "ASC", "ASCENDING", "BY", "CALL", "CASE", "CONTAINS", "CREATE",
        "DELETE", "DESC", "DESCENDING", "DETACH", "DISTINCT", "ELSE", "END", "ENDS", "EXISTS", "EXPLAIN",
        "FALSE", "FINISH", "FOREACH", "IN", "INSERT", "IS", "LIMIT", "LOAD", "MATCH", "MERGE",
        "NOT", "NULL", "OFFSET", "ON", "OPTIONAL", "OR", "ORDER", "PROFILE", "REMOVE", "RETURN",
        "SET", "SHOW", "SKIP", "STARTS", "THEN", "TRUE", "UNION", "UNWIND", "USE", "USING",
        "WHEN", "WHERE", "WITH", "XOR",
    }
)
# fmt: on
WRITES: Final = frozenset({"CREATE", "DELETE", "DETACH", "FOREACH", "INSERT", "MERGE", "REMOVE", "SET"})

MOST_CHARACTERS: Final = 4000
MOST_CLAUSES: Final = 10
MOST_RELATIONS: Final = 6
MOST_HOPS: Final = 4
MOST_DEPTH: Final = 20
MOST_ITEMS: Final = 30
MOST_ROWS: Final = 1000
MOST_SKIPPED: Final = 100_000
EOF_WORD: Final = "the end of the query"
