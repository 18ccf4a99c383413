"""From the lines of a statement to the transactions that are not on record yet.

All of it is computation without I/O: commands run it in a thread, for a statement may have 100,000 lines.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from services.financial.application.import_progress import ImportProgress, ImportStage, OnProgress
from services.financial.application.meaning import category_of, payee_of
from services.financial.domain.account import Account
from services.financial.domain.categorisation import Categoriser
from services.financial.domain.deduplication import KnownLine, LineIdentity, find_new_lines
from services.financial.domain.ids import ImportId
from services.financial.domain.statement import StatementLine
from services.financial.domain.transaction import CategorySource, Transaction, fingerprint
from services.shared.domain.ids import TransactionId, new_uuid

_PROGRESS_EVERY: Final = 1000


@dataclass(frozen=True, slots=True)
class NewTransactions:
    """Builds transactions of one account for one import."""

    account: Account
    import_id: ImportId
    categoriser: Categoriser
    now: datetime
    on_progress: OnProgress

    def build(self, lines: Sequence[StatementLine], known: Sequence[KnownLine]) -> list[Transaction]:
        """The transactions for those lines that are not on record, in their order."""
        identities = [_identity(line) for line in lines]
        new = find_new_lines(identities, known)
        built = []
        for count, line in enumerate(new, start=1):
            built.append(self._transaction(lines[line.index], identities[line.index].fingerprint, line.occurrence))
            if count % _PROGRESS_EVERY == 0 or count == len(new):
                self.on_progress(ImportProgress(ImportStage.CATEGORISING, count, len(new)))
        return built

    def _transaction(self, line: StatementLine, key: bytes, occurrence: int) -> Transaction:
        payee = payee_of(line.narration, self.account)
        said = category_of(self.categoriser, self.account, line.narration, payee, line.amount)
        return Transaction(
            id=TransactionId(new_uuid()),
            user_id=self.account.user_id,
            account_id=self.account.id,
            booked_on=line.booked_on,
            amount=line.amount,
            narration=line.narration,
            payee=payee,
            category=said.category,
            category_source=CategorySource(said.source),
            rule_id=said.rule_id,
            own_category=said.own_category,
            reference=line.reference,
            balance_after=line.balance_after,
            fingerprint=key,
            occurrence=occurrence,
            import_id=self.import_id,
            line_no=line.line_no,
            created_at=self.now,
        )


def _identity(line: StatementLine) -> LineIdentity:
    key = fingerprint(line.booked_on, line.amount, line.narration, line.reference)
    return LineIdentity(key, line.booked_on, line.amount, line.balance_after)
