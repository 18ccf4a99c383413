"""The graph over Bolt: Neo4j, or the embedded engine that speaks the same protocol and Cypher."""

from data.imports import without

# neo4j imports numpy and pandas wherever they are installed, to convert results that we never ask for: that alone
# would take longer than booting the graph.
with without("numpy", "pandas", "pyarrow"):
    import neo4j.exceptions as graph_errors
    from neo4j import AsyncDriver, AsyncGraphDatabase, AsyncManagedTransaction, unit_of_work
    from neo4j.graph import Node, Path, Relationship

__all__ = [
    "AsyncDriver",
    "AsyncManagedTransaction",
    "Node",
    "Path",
    "Relationship",
    "create_graph",
    "graph_errors",
    "unit_of_work",
]


def create_graph(url: str, username: str | None, password: str | None) -> AsyncDriver:
    """A pooled driver; a transaction is retried for 10 s on errors that the server calls transient."""
    auth = (username, password) if username and password else None
    return AsyncGraphDatabase.driver(
        url,
        auth=auth,
        max_connection_pool_size=20,
        connection_acquisition_timeout=10,
        connection_timeout=5,
        max_transaction_retry_time=10,
        telemetry_disabled=True,
        user_agent="nivesh",
    )
