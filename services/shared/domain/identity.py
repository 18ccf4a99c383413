"""Who is asking, established once from the session and never from a model or a request body."""

from dataclasses import dataclass, field

from services.shared.domain.ids import UserId


@dataclass(frozen=True, slots=True)
class Identity:
    """An authenticated caller. `scopes` such as `finance:read` bound what the credential may do."""

    user_id: UserId
    scopes: frozenset[str] = field(default_factory=frozenset)
