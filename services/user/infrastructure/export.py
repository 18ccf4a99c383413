"""What a person gets of the user context: the profile, sign-ins, sessions and API keys, none of them usable."""

from typing import Final

from services.shared.infrastructure.export import Exported
from services.user.infrastructure.tables import api_keys, external_identities, refresh_tokens, users

EXPORTED: Final = [
    Exported(users, without=frozenset({"password_hash"})),
    Exported(external_identities),
    Exported(refresh_tokens),
    Exported(api_keys),
]
