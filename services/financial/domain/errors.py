"""Errors of the financial context."""

from collections.abc import Sequence

from services.financial.domain.statement import RejectedLine
from services.shared.domain.errors import ConflictError, InvalidInputError, NotFoundError
from services.shared.domain.events import to_json

MAX_LISTED_REJECTIONS = 1000


class AccountNotFoundError(NotFoundError):
    """No such account among the person's own."""

    code = "account-not-found"

    def __init__(self) -> None:
        super().__init__("There is no such account among yours. GET /api/v1/accounts lists them.")


class TransactionNotFoundError(NotFoundError):
    """No such transaction among the person's own."""

    code = "transaction-not-found"

    def __init__(self) -> None:
        super().__init__("There is no such transaction among yours.")


class OwnCategoryNotFoundError(NotFoundError):
    """No such category among the person's own."""

    code = "own-category-not-found"

    def __init__(self) -> None:
        super().__init__("There is no such category among your own. GET /api/v1/categories lists them.")


class OwnCategoryExistsError(ConflictError):
    """The person already has a category of this name."""

    code = "own-category-exists"

    def __init__(self, name: str) -> None:
        super().__init__(f"You already have a category named '{name}'. Choose another name.", extra={"field": "name"})


class NotADoubleError(ConflictError):
    """Two transactions that cannot be one payment."""

    code = "not-a-double"

    def __init__(self) -> None:
        super().__init__(
            "These cannot be one payment: name an entry by hand, and a statement's line of the same account and amount "
            "within five days of it. GET /transaction-doubles lists such pairs."
        )


class NotManualError(ConflictError):
    """What a bank wrote stays as the bank wrote it."""

    code = "not-entered-by-hand"

    def __init__(self, what: str) -> None:
        super().__init__(
            f"Only a transaction that was entered by hand {what}: this one came from a statement. "
            "Its category, payee, note, tags and parts can be changed."
        )


class VersionNotFoundError(NotFoundError):
    """The transaction has no such version."""

    code = "version-not-found"

    def __init__(self) -> None:
        super().__init__("The transaction has no such version. GET /api/v1/transactions/{id}/history lists them.")


class CategoryRuleNotFoundError(NotFoundError):
    """No such category rule among the person's own."""

    code = "category-rule-not-found"

    def __init__(self) -> None:
        super().__init__("There is no such category rule among yours. GET /api/v1/category-rules lists them.")


class AccountNameTakenError(ConflictError):
    """The person already has an account of this name."""

    code = "account-name-taken"

    def __init__(self, name: str) -> None:
        super().__init__(f"You already have an account named '{name}'. Choose another name.", extra={"field": "name"})


class StatementMismatchError(ConflictError):
    """The statement is certainly not this account's: another kind of account, or another currency."""

    code = "statement-mismatch"


class AccountUncertainError(StatementMismatchError):
    """Nothing in the statement proves that it is of the account that was guessed for it."""

    def __init__(self, account_name: str) -> None:
        super().__init__(
            "The statement does not say which account it is of, and neither a line nor a balance of it fits "
            f"'{account_name}'. Name its account with --account; one that is not there yet is opened."
        )


class StatementRejectedError(InvalidInputError):
    """Some lines cannot be read, and the import is all or nothing: nothing was stored.

    `extra["rejected"]` lists the first 1,000 as `{line, reason}`; `extra["rejected_count"]` counts them all.
    """

    code = "statement-rejected"

    def __init__(self, rejected: Sequence[RejectedLine]) -> None:
        count = len(rejected)
        first = rejected[0]
        super().__init__(
            f"{count} {'line' if count == 1 else 'lines'} cannot be read, so nothing was imported. The first is line "
            f"{first.line}: {first.reason.rstrip('.')}. Correct the file, or import it with partial=true to leave such "
            "lines out.",
            extra={
                "rejected": [to_json(line) for line in rejected[:MAX_LISTED_REJECTIONS]],
                "rejected_count": count,
            },
        )


class CategoryRuleExistsError(ConflictError):
    """The person already has a rule with these conditions."""

    code = "category-rule-exists"

    def __init__(self, pattern: str) -> None:
        super().__init__(
            f"You already have a rule for '{pattern}' under these conditions. Delete that one first.",
            extra={"field": "pattern"},
        )
