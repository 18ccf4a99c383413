"""What can go wrong with approvals. None of these has any effect."""

from services.shared.domain.errors import ConflictError, NotFoundError, PermissionDeniedError


class ApprovalNotFoundError(NotFoundError):
    """The caller has no such approval (another person's, none at all: the same answer)."""

    code = "approval-not-found"

    def __init__(self) -> None:
        super().__init__("There is no such approval among yours. List the pending ones with GET /approvals.")


class ApprovalExpiredError(ConflictError):
    """Nobody decided in time, or the run has ended meanwhile."""

    code = "approval-expired"

    def __init__(self) -> None:
        super().__init__(
            "This approval has expired: it was asked for over five minutes ago, or its run has ended. "
            "Nothing was done; ask again."
        )


class ApprovalDecidedError(ConflictError):
    """It was decided before; each approval counts once."""

    code = "approval-decided"

    def __init__(self, state: str) -> None:
        super().__init__(f"This approval was decided already (it is {state}). Each one counts once.")


class ApprovalAlteredError(ConflictError):
    """What the caller saw is not what would be done."""

    code = "approval-altered"

    def __init__(self) -> None:
        super().__init__(
            "The hash is not that of this approval: what you saw is not what would be done. Read it again "
            "(GET /approvals) and send the hash it has now."
        )


class ApprovalMissingError(PermissionDeniedError):
    """A write was tried that its owner had not granted."""

    code = "approval-missing"

    def __init__(self) -> None:
        super().__init__("This was not approved by its owner, so it is not done.")
