"""Who a person is to an identity provider outside."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ExternalIdentity:
    """A verified claim of a provider: `subject` is the provider's own stable id of the person.

    `signed_in_at` is when the person last proved to the provider who they are.
    """

    provider: str
    subject: str
    email: str
    email_verified: bool
    name: str = ""
    signed_in_at: datetime | None = None
