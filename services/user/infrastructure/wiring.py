"""The adapters of the user context, put together."""

from redis.asyncio import Redis
from sqlalchemy.ext.asyncio import AsyncEngine

from services.shared.application.restatement import Restatement
from services.shared.domain.clock import Clock
from services.user.application.api_keys.create_api_key import CreateApiKey
from services.user.application.api_keys.list_api_keys import ListApiKeys
from services.user.application.api_keys.revoke_api_key import RevokeApiKey
from services.user.application.api_keys.use_cases import ApiKeyUseCases
from services.user.application.api_keys.verify_api_key import VerifyApiKey
from services.user.application.erasure.erase_account import EraseAccount
from services.user.application.erasure.forgetting import Forgetting
from services.user.application.erasure.reauthenticate import Reauthenticate
from services.user.application.erasure.settle_erasures import SettleErasures
from services.user.application.erasure.use_cases import ErasureUseCases
from services.user.application.get_profile import GetProfile
from services.user.application.log_in import LogIn
from services.user.application.log_in_with_firebase import LogInWithFirebase
from services.user.application.log_out import LogOut
from services.user.application.prove_password import ProvePassword
from services.user.application.refresh_session import RefreshSession
from services.user.application.register_user import RegisterUser
from services.user.application.sessions import Sessions
from services.user.application.update_profile import UpdateProfile
from services.user.application.use_cases import UserUseCases
from services.user.application.verify_access_token import VerifyAccessToken
from services.user.domain.security import ExternalIdentityVerifier, PasswordHasher
from services.user.infrastructure.argon2_password_hasher import Argon2PasswordHasher
from services.user.infrastructure.firebase_verifier import FirebaseVerifier, NoProvider, refuse_emulator
from services.user.infrastructure.hmac_refresh_token_source import HmacRefreshTokenSource
from services.user.infrastructure.jwt_token_issuer import JwtTokenIssuer
from services.user.infrastructure.local_session_store import LocalSessionStore
from services.user.infrastructure.postgres_api_keys import PostgresApiKeyReader
from services.user.infrastructure.postgres_refresh_tokens import PostgresLiveSessions
from services.user.infrastructure.postgres_unit_of_work import PostgresUserUnitOfWork
from services.user.infrastructure.postgres_users import PostgresUserReader
from services.user.infrastructure.redis_login_throttle import RedisLoginThrottle
from services.user.infrastructure.redis_session_store import RedisSessionStore
from services.user.infrastructure.redis_user_cache import RedisUserCache
from services.user.infrastructure.restatement import PostgresUserRestatement
from services.user.infrastructure.signing_key import KeyRing


def build_use_cases(
    engine: AsyncEngine,
    redis: Redis,
    keys: KeyRing,
    clock: Clock,
    *,
    firebase_project: str | None = None,
    development: bool = False,
    hasher: PasswordHasher | None = None,
) -> UserUseCases:
    """Every use case on real stores.

    `development` allows Firebase's emulator, which is refused otherwise (UnsafeFirebaseSettingsError), whether or
    not a project is set.
    """
    issuer = JwtTokenIssuer(keys)
    store = LocalSessionStore(RedisSessionStore(redis))
    sessions = Sessions(issuer, HmacRefreshTokenSource(keys), store)
    cache = RedisUserCache(redis, PostgresUserReader(engine))
    hasher = hasher or Argon2PasswordHasher()
    verifier = _verifier(firebase_project, development=development)
    forgetting = Forgetting(store, cache)

    def unit_of_work() -> PostgresUserUnitOfWork:
        return PostgresUserUnitOfWork(engine)

    prove = ProvePassword(unit_of_work, hasher, RedisLoginThrottle(redis))

    return UserUseCases(
        register_user=RegisterUser(unit_of_work, hasher, sessions, clock),
        log_in=LogIn(unit_of_work, prove, hasher, sessions, clock),
        log_in_with_firebase=LogInWithFirebase(unit_of_work, verifier, sessions, clock),
        refresh_session=RefreshSession(unit_of_work, sessions, clock),
        log_out=LogOut(unit_of_work, sessions, clock),
        get_profile=GetProfile(cache),
        update_profile=UpdateProfile(unit_of_work, cache),
        verify_access_token=VerifyAccessToken(issuer, store, PostgresLiveSessions(engine), clock),
        api_keys=ApiKeyUseCases(
            create=CreateApiKey(unit_of_work, clock),
            list=ListApiKeys(PostgresApiKeyReader(engine), clock),
            revoke=RevokeApiKey(unit_of_work, clock),
            verify=VerifyApiKey(PostgresApiKeyReader(engine), clock),
        ),
        erasure=ErasureUseCases(
            reauthenticate=Reauthenticate(unit_of_work, prove, verifier, clock),
            erase_account=EraseAccount(unit_of_work, forgetting, clock),
            settle=SettleErasures(unit_of_work, clock),
            forget=forgetting,
        ),
    )


def _verifier(project: str | None, *, development: bool) -> ExternalIdentityVerifier:
    if not development:
        refuse_emulator()
    return FirebaseVerifier(project, development=development) if project else NoProvider()


def build_restatement(engine: AsyncEngine) -> Restatement:
    """The context's records as events."""
    return PostgresUserRestatement(engine)
