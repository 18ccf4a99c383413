"""What can go wrong with webhooks."""

from services.shared.domain.errors import ConflictError, InvalidInputError, NotFoundError


class WebhookNotFoundError(NotFoundError):
    """The caller has no such webhook."""

    code = "webhook-not-found"

    def __init__(self) -> None:
        super().__init__("There is no such webhook among yours. List them with GET /webhooks.")


class TooManyWebhooksError(ConflictError):
    """A person has as many webhooks as are allowed."""

    code = "too-many-webhooks"

    def __init__(self, limit: int) -> None:
        super().__init__(f"You have {limit} webhooks, which is the most there may be. Delete one you no longer need.")


class WebhookUrlError(InvalidInputError):
    """Nothing can or may be sent to the address."""

    code = "webhook-url"


class WebhookDisabledError(ConflictError):
    """The receiver said that it is gone, so nothing is sent to it."""

    code = "webhook-disabled"

    def __init__(self) -> None:
        super().__init__(
            "This webhook is disabled, as its receiver answered 410 Gone. When the receiver is back, POST "
            "/webhooks/{id}/enable has it told again."
        )
