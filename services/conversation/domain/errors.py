"""What can go wrong with conversations and runs."""

from services.shared.domain.errors import ConflictError, InvalidInputError, NotFoundError


class ConversationNotFoundError(NotFoundError):
    """The caller has no such conversation (another person's, a deleted one, none at all: the same answer)."""

    code = "conversation-not-found"

    def __init__(self) -> None:
        super().__init__("There is no such conversation among yours. List them with GET /conversations.")


class RunNotFoundError(NotFoundError):
    """The caller has no such run."""

    code = "run-not-found"

    def __init__(self) -> None:
        super().__init__("There is no such run among yours.")


class ConversationBusyError(ConflictError):
    """A question is still being answered in the conversation; one at a time."""

    code = "conversation-busy"

    def __init__(self) -> None:
        super().__init__(
            "This conversation is still answering a question. Wait for it to finish, or decide the approval that it "
            "waits for (GET /approvals), then try again."
        )


class RunClosedError(ConflictError):
    """The run has already ended, so it cannot be started again."""

    code = "run-closed"

    def __init__(self) -> None:
        super().__init__("This run has already ended. Ask again with a new Idempotency-Key.")


class RunTakenError(ConflictError):
    """Another process works on the run by now: whoever did before has no say in how it ends."""

    code = "run-taken"

    def __init__(self) -> None:
        super().__init__("Another process has taken this run over. Follow it with GET /runs/{id}/events.")


class IdempotencyKeyReusedError(InvalidInputError):
    """The key came before, with another request."""

    code = "idempotency-key-reused"

    def __init__(self) -> None:
        super().__init__("This Idempotency-Key was used for a different request. Use a new key for a new question.")
