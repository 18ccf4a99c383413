"""Everything about API keys."""

from dataclasses import dataclass

from services.user.application.api_keys.create_api_key import CreateApiKey
from services.user.application.api_keys.list_api_keys import ListApiKeys
from services.user.application.api_keys.revoke_api_key import RevokeApiKey
from services.user.application.api_keys.verify_api_key import VerifyApiKey


@dataclass(frozen=True, slots=True, kw_only=True)
class ApiKeyUseCases:
    """One instance of every command and query."""

    create: CreateApiKey
    list: ListApiKeys
    revoke: RevokeApiKey
    verify: VerifyApiKey
