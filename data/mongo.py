"""MongoDB through PyMongo's asyncio client, the successor that Motor's maintainers name."""

from typing import Any

from pymongo import AsyncMongoClient

MongoDocument = dict[str, Any]


def create_mongo(url: str) -> AsyncMongoClient[MongoDocument]:
    """A client whose writes are acknowledged when journaled, and which gives up on a lost server after 5 s."""
    return AsyncMongoClient(
        url,
        serverSelectionTimeoutMS=5_000,
        connectTimeoutMS=2_000,
        tz_aware=True,
        journal=True,
        uuidRepresentation="standard",
        retryWrites=False,
    )
