"""Everything the user context does."""

from dataclasses import dataclass

from services.user.application.api_keys.use_cases import ApiKeyUseCases
from services.user.application.erasure.use_cases import ErasureUseCases
from services.user.application.get_profile import GetProfile
from services.user.application.log_in import LogIn
from services.user.application.log_in_with_firebase import LogInWithFirebase
from services.user.application.log_out import LogOut
from services.user.application.refresh_session import RefreshSession
from services.user.application.register_user import RegisterUser
from services.user.application.update_profile import UpdateProfile
from services.user.application.verify_access_token import VerifyAccessToken


@dataclass(frozen=True, slots=True, kw_only=True)
class UserUseCases:
    """One instance of every command and query."""

    register_user: RegisterUser
    log_in: LogIn
    log_in_with_firebase: LogInWithFirebase
    refresh_session: RefreshSession
    log_out: LogOut
    get_profile: GetProfile
    update_profile: UpdateProfile
    verify_access_token: VerifyAccessToken
    api_keys: ApiKeyUseCases
    erasure: ErasureUseCases
