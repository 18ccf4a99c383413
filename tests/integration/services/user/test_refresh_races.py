"""What happens at once: the locks of PostgreSQL, not luck, keep a session's tokens one chain."""

import asyncio
import secrets
from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest
from redis.asyncio import Redis
from sqlalchemy import func, insert, select, text
from sqlalchemy.ext.asyncio import AsyncEngine

from services.shared.domain.clock import SystemClock
from services.shared.domain.ids import UserId, new_uuid
from services.user.application.log_in_with_firebase import LogInWithFirebase, LogInWithFirebaseRequest
from services.user.application.refresh_session import RefreshSessionRequest
from services.user.application.register_user import RegisterUserRequest
from services.user.application.sessions import Sessions
from services.user.application.use_cases import UserUseCases
from services.user.application.views import SessionView
from services.user.domain.external_identity import ExternalIdentity
from services.user.domain.refresh_token import RefreshToken
from services.user.domain.security import fingerprint
from services.user.infrastructure.argon2_password_hasher import Argon2PasswordHasher
from services.user.infrastructure.hmac_refresh_token_source import HmacRefreshTokenSource
from services.user.infrastructure.jwt_token_issuer import JwtTokenIssuer
from services.user.infrastructure.postgres_refresh_tokens import PostgresLiveSessions
from services.user.infrastructure.postgres_unit_of_work import PostgresUserUnitOfWork
from services.user.infrastructure.redis_session_store import RedisSessionStore
from services.user.infrastructure.signing_key import FixedKeyRing, SigningKey
from services.user.infrastructure.tables import external_identities, refresh_tokens, users
from services.user.infrastructure.wiring import build_use_cases

KEYS = FixedKeyRing([SigningKey.from_secret("a signing secret of more than thirty-two characters")])
NOW = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)


@pytest.fixture
def use_cases(postgres_engine: AsyncEngine, redis_client: Redis) -> UserUseCases:
    hasher = Argon2PasswordHasher(memory_kib=8, passes=1)
    return build_use_cases(postgres_engine, redis_client, KEYS, SystemClock(), development=True, hasher=hasher)


@pytest.fixture
async def session(use_cases: UserUseCases) -> SessionView:
    email = f"asha-{secrets.token_hex(6)}@example.in"
    return await use_cases.register_user(
        RegisterUserRequest(email=email, password="a long sentence", first_name="Asha", last_name="Rao")
    )


async def tokens_of(engine: AsyncEngine, user_id: UserId) -> list[tuple[bool, bool]]:
    """Whether each token of the user was used, and whether it was revoked."""
    query = select(refresh_tokens.c.used_at, refresh_tokens.c.revoked_at).where(refresh_tokens.c.user_id == user_id)
    async with engine.connect() as connection:
        rows = (await connection.execute(query)).all()
    return [(row.used_at is not None, row.revoked_at is not None) for row in rows]


async def test_tabs_that_refresh_at_once_get_one_successor(
    use_cases: UserUseCases, session: SessionView, postgres_engine: AsyncEngine
) -> None:
    request = RefreshSessionRequest(refresh_token=session.tokens.refresh_token)
    answers = await asyncio.gather(*(use_cases.refresh_session(request) for _ in range(6)))
    assert len({answer.tokens.refresh_token for answer in answers}) == 1
    assert Counter(await tokens_of(postgres_engine, session.user.user_id)) == {(True, False): 1, (False, False): 1}


async def test_a_revocation_waits_for_a_refresh_and_takes_its_successor_too(
    session: SessionView, postgres_engine: AsyncEngine
) -> None:
    token_hash = fingerprint(session.tokens.refresh_token)
    async with PostgresUserUnitOfWork(postgres_engine) as refreshing:
        token = await refreshing.refresh_tokens.lock(token_hash)
        assert token is not None
        revoking = asyncio.create_task(_revoke(postgres_engine, token))
        await _until_somebody_waits_for_an_advisory_lock(postgres_engine)
        await refreshing.refresh_tokens.save(token.used(NOW))
        await refreshing.refresh_tokens.add(token.successor(b"the successor" + token_hash, NOW))
        await refreshing.commit()
    await revoking
    assert Counter(await tokens_of(postgres_engine, session.user.user_id)) == {(True, True): 1, (False, True): 1}
    assert await PostgresLiveSessions(postgres_engine).owner_of(token.session_id, NOW) is None


async def _revoke(engine: AsyncEngine, token: RefreshToken) -> None:
    async with PostgresUserUnitOfWork(engine) as unit:
        await unit.refresh_tokens.lock(token.token_hash)
        await unit.refresh_tokens.revoke_session(token.session_id, NOW)
        await unit.commit()


async def _until_somebody_waits_for_an_advisory_lock(engine: AsyncEngine) -> None:
    waiting = text(
        "SELECT count(*) FROM pg_locks l JOIN pg_stat_activity a USING (pid) "
        "WHERE l.locktype = 'advisory' AND NOT l.granted AND a.datname = current_database()"
    )
    is_waiting = False
    async with asyncio.timeout(30):
        while not is_waiting:
            # A transaction of its own each time, for within one the list of backends stands still.
            async with engine.connect() as connection:
                is_waiting = (await connection.execute(waiting)).scalar_one() > 0


class Provider:
    """ExternalIdentityVerifier that knows one person."""

    def __init__(self) -> None:
        name = secrets.token_hex(6)
        self._identity = ExternalIdentity(
            provider="firebase", subject=name, email=f"{name}@example.in", email_verified=True, name="Asha Rao"
        )

    async def verify(self, id_token: str) -> ExternalIdentity:
        return self._identity


async def test_first_log_ins_of_one_person_at_once_register_one_user(
    postgres_engine: AsyncEngine, redis_client: Redis
) -> None:
    sessions = Sessions(JwtTokenIssuer(KEYS), HmacRefreshTokenSource(KEYS), RedisSessionStore(redis_client))
    command = LogInWithFirebase(lambda: PostgresUserUnitOfWork(postgres_engine), Provider(), sessions, SystemClock())
    answers = await asyncio.gather(*(command(LogInWithFirebaseRequest(id_token="t")) for _ in range(4)))
    assert len({answer.user.user_id for answer in answers}) == 1
    linked = select(func.count()).where(external_identities.c.user_id == answers[0].user.user_id)
    async with postgres_engine.connect() as connection:
        assert (await connection.execute(linked)).scalar_one() == 1


async def test_a_new_session_clears_the_persons_tokens_that_have_run_out(
    session: SessionView, postgres_engine: AsyncEngine
) -> None:
    user_id = session.user.user_id
    long_ago = NOW - timedelta(days=400)
    old = {"id": new_uuid(), "session_id": new_uuid(), "user_id": user_id, "token_hash": secrets.token_bytes(32)}
    async with postgres_engine.begin() as connection:
        await connection.execute(insert(refresh_tokens).values(old | {"issued_at": long_ago, "expires_at": long_ago}))
    async with PostgresUserUnitOfWork(postgres_engine) as unit:
        current = await unit.refresh_tokens.lock(fingerprint(session.tokens.refresh_token))
        assert current is not None
        await unit.refresh_tokens.add(current.successor(secrets.token_bytes(32), NOW))
        await unit.commit()
    assert len(await tokens_of(postgres_engine, user_id)) == 2


async def test_a_user_who_is_deleted_takes_tokens_along(session: SessionView, postgres_engine: AsyncEngine) -> None:
    user_id = session.user.user_id
    async with postgres_engine.begin() as connection:
        await connection.execute(users.delete().where(users.c.id == user_id))
    assert await tokens_of(postgres_engine, user_id) == []
