"""Who a person is to an identity provider outside."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class ExternalIdentity:
    """A verified claim of a provider: `subject` is the provider's own stable id of the person."""

    provider: str
    subject: str
    email: str
    email_verified: bool
    name: str = ""
