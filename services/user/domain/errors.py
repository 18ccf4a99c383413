"""What can go wrong with users, their passwords and their sessions."""

from services.shared.domain.errors import (
    ConflictError,
    InvalidInputError,
    NotFoundError,
    PermissionDeniedError,
    RateLimitedError,
    UnauthenticatedError,
)


class InvalidFieldError(InvalidInputError):
    """One field of a request breaks a rule; `extra["errors"]` names it as the API's other validation errors do."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(
            f"The request is not valid: {field}: {message}", extra={"errors": [{"field": field, "message": message}]}
        )


class EmailTakenError(ConflictError):
    """Somebody has registered with this email already."""

    code = "email-taken"

    def __init__(self) -> None:
        super().__init__("There is an account with this email already. Log in with it instead.")


class WrongCredentialsError(UnauthenticatedError):
    """The proof of who somebody is does not hold. Of an unknown email and a wrong password, which is not told."""

    code = "wrong-credentials"

    def __init__(self, detail: str = "The email or the password is not right.") -> None:
        super().__init__(detail)


class TokenExpiredError(UnauthenticatedError):
    """The access token's time is over; the session may well go on."""

    code = "token-expired"

    def __init__(self) -> None:
        super().__init__("The access token has expired. Refresh it with POST /api/v1/auth/refresh.")


class TokenInvalidError(UnauthenticatedError):
    """The token was not issued here, or not for this, or is damaged."""

    code = "token-invalid"

    def __init__(self, detail: str = "The access token is not valid. Log in again to get one.") -> None:
        super().__init__(detail)


class SessionEndedError(UnauthenticatedError):
    """The session was logged out, has run out, or was revoked because a used refresh token came back."""

    code = "session-ended"

    def __init__(self) -> None:
        super().__init__("This session has ended. Log in again.")


class TooManyAttemptsError(RateLimitedError):
    """Too many failed log-ins for one email from one address."""

    code = "too-many-attempts"

    def __init__(self, retry_after_s: int) -> None:
        super().__init__(
            f"Too many failed attempts to log in. Try again in {retry_after_s} seconds.",
            extra={"retry_after_s": retry_after_s},
        )


class StaleSignInError(PermissionDeniedError):
    """What is asked for needs a sign-in of just now."""

    code = "stale-sign-in"

    def __init__(self) -> None:
        super().__init__("You signed in too long ago for this. Sign in with the provider again, then repeat it.")


class EmailNotVerifiedError(PermissionDeniedError):
    """The identity provider has no proof that the email is the person's own."""

    code = "email-not-verified"

    def __init__(self) -> None:
        super().__init__("Verify your email with the sign-in provider first, then log in again.")


class SignInNotConfiguredError(NotFoundError):
    """The way of signing in is not set up on this server."""

    code = "sign-in-not-configured"

    def __init__(self, provider: str) -> None:
        super().__init__(f"Signing in with {provider} is not set up here. Log in with email and password.")


class UserNotFoundError(NotFoundError):
    """The session's user is no more."""

    code = "user-not-found"

    def __init__(self) -> None:
        super().__init__("This user does not exist any more.")


class ApiKeyNotFoundError(NotFoundError):
    """The caller has no such key."""

    code = "api-key-not-found"

    def __init__(self) -> None:
        super().__init__("You have no API key with this id. GET /api/v1/api-keys lists yours.")


class ApiKeyInvalidError(UnauthenticatedError):
    """The key is unknown, revoked or expired: which of these is not told."""

    code = "api-key-invalid"

    def __init__(self) -> None:
        super().__init__("The API key is not valid: it is wrong, revoked or expired. Make a new one.")


class TooManyApiKeysError(ConflictError):
    """The caller has as many live keys as anyone may have."""

    code = "too-many-api-keys"

    def __init__(self, limit: int) -> None:
        super().__init__(f"You have {limit} API keys, and there cannot be more. Revoke one that you do not need.")
