"""The chat log in MongoDB, collection `conversations`: one document per turn."""

from collections.abc import AsyncIterator, Collection, Sequence
from contextlib import asynccontextmanager
from typing import Any, Final
from uuid import UUID

from pymongo import ASCENDING, DESCENDING, ReplaceOne
from pymongo.asynchronous.database import AsyncDatabase
from pymongo.errors import ConnectionFailure

from data.group_commit import GroupCommit
from services.conversation.domain.message import Message, Role, Turn
from services.shared.domain.errors import UnavailableError
from services.shared.domain.ids import ConversationId, MessageId, RunId, UserId

COLLECTION: Final = "conversations"
_TURNS_AT_ONCE: Final = 100

Document = dict[str, Any]


class MongoChatLog:
    """`ChatLog` on MongoDB.

    A document is one turn, `{_id: turn id, conversationId, userId, messages: [{role, content, timestamp, …}]}`, and
    not a whole conversation: its size is bounded, and keeping it again is one atomic replacement. Of a turn that was
    edited or answered anew every version is a document; `parentId` is the turn before it in its branch.
    """

    def __init__(self, database: AsyncDatabase[Document]) -> None:
        self._turns = database[COLLECTION]
        self._appending = GroupCommit(self._append)

    async def create_indexes(self) -> None:
        """Make the indexes that reading and deleting use; harmless when they are there."""
        async with _reachable():
            await self._turns.create_index([("userId", ASCENDING)])
            await self._turns.create_index([("conversationId", ASCENDING), ("_id", DESCENDING)])

    async def append_turn(self, turn: Turn) -> None:
        """Keep a turn, with others that end at the moment; the same turn id again replaces it."""
        await self._appending.add(_to_document(turn))

    async def _append(self, documents: Sequence[Document]) -> None:
        keeping = [ReplaceOne({"_id": document["_id"]}, document, upsert=True) for document in documents]
        async with _reachable():
            await self._turns.bulk_write(keeping, ordered=False)

    async def messages(
        self, conversation_id: ConversationId, user_id: UserId, turns: Sequence[RunId]
    ) -> tuple[Message, ...]:
        """The messages of these turns, in their order; a turn that is not there is left out."""
        ids = [str(turn) for turn in turns]
        query: Document = {"conversationId": str(conversation_id), "userId": str(user_id), "_id": {"$in": ids}}
        async with _reachable():
            found = {document["_id"]: document for document in await self._turns.find(query).to_list()}
        return tuple(message for one in ids if one in found for message in _to_messages(found[one]))

    async def logged(self, turns: Collection[RunId]) -> set[RunId]:
        """Which of these turns are kept."""
        query: Document = {"_id": {"$in": [str(turn) for turn in turns]}}
        async with _reachable():
            found = await self._turns.find(query, {"_id": True}).to_list()
        return {RunId(UUID(document["_id"])) for document in found}

    async def all_turns(self, user_id: UserId) -> AsyncIterator[Sequence[Document]]:
        """Every turn of a person as it is kept, in batches."""
        async with _reachable(), self._turns.find({"userId": str(user_id)}) as cursor:
            while batch := await cursor.to_list(_TURNS_AT_ONCE):
                yield batch

    async def delete(self, conversation_id: ConversationId, user_id: UserId) -> None:
        """Erase a conversation's turns."""
        async with _reachable():
            await self._turns.delete_many({"conversationId": str(conversation_id), "userId": str(user_id)})

    async def delete_all(self, user_id: UserId) -> None:
        """Erase every turn of a person."""
        async with _reachable():
            await self._turns.delete_many({"userId": str(user_id)})


@asynccontextmanager
async def _reachable() -> AsyncIterator[None]:
    try:
        yield
    except ConnectionFailure as error:
        raise UnavailableError("The chat log cannot be reached at the moment. Try again shortly.") from error


def _to_document(turn: Turn) -> Document:
    return {
        "_id": str(turn.turn_id),
        "conversationId": str(turn.conversation_id),
        "userId": str(turn.user_id),
        "parentId": str(turn.parent_id) if turn.parent_id is not None else None,
        "messages": [_message_document(message) for message in turn.messages],
    }


def _message_document(message: Message) -> Document:
    document: Document = {"role": message.role.value, "content": message.content, "timestamp": message.timestamp}
    if message.message_id is not None:
        document["messageId"] = str(message.message_id)
    if message.citations:
        document["citations"] = list(message.citations)
    return document


def _to_messages(document: Document) -> list[Message]:
    return [
        Message(
            role=Role(message["role"]),
            content=message["content"],
            timestamp=message["timestamp"],
            run_id=RunId(UUID(document["_id"])),
            message_id=MessageId(UUID(message["messageId"])) if "messageId" in message else None,
            citations=tuple(message.get("citations", ())),
        )
        for message in document["messages"]
    ]
