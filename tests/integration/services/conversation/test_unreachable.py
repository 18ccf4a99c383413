from collections.abc import AsyncIterator

import pytest
from pymongo import AsyncMongoClient

from data.mongo import MongoDocument
from services.conversation.domain.repositories import ChatLog
from services.conversation.infrastructure.mongo_chat_log import MongoChatLog
from services.shared.domain.errors import UnavailableError
from services.shared.domain.ids import ConversationId, RunId, UserId, new_uuid


@pytest.fixture
async def nowhere() -> AsyncIterator[ChatLog]:
    """A chat log on a port at which nothing listens."""
    client: AsyncMongoClient[MongoDocument] = AsyncMongoClient("mongodb://127.0.0.1:1", serverSelectionTimeoutMS=50)
    yield MongoChatLog(client["nivesh"])
    await client.close()


async def test_an_unreachable_log_is_told_as_such(nowhere: ChatLog, unique_user: UserId) -> None:
    conversation_id = ConversationId(new_uuid())
    with pytest.raises(UnavailableError, match="chat log cannot be reached"):
        await nowhere.messages(conversation_id, unique_user, [RunId(new_uuid())])
    with pytest.raises(UnavailableError):
        await nowhere.delete(conversation_id, unique_user)
