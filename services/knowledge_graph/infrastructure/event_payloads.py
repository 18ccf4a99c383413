"""The parts of other contexts' events that the graph needs, read by this context's own schema."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from services.knowledge_graph.domain.model import AccountNode, GoalNode, TransactionNode
from services.shared.domain.ids import AccountId, GoalId, TransactionId, UserId
from services.shared.domain.money import Money


class _Payload(BaseModel):
    model_config = ConfigDict(extra="ignore", frozen=True)


class _MoneyPayload(_Payload):
    amount: str
    currency: str


class AccountOpenedPayload(_Payload):
    """Of `AccountOpened`, topic `financial`."""

    account_id: UUID
    account_name: str
    account_type: str
    institution: str
    opening_balance: _MoneyPayload

    def to_node(self, user_id: UserId) -> AccountNode:
        """The account's node."""
        return AccountNode(
            id=AccountId(self.account_id),
            user_id=user_id,
            name=self.account_name,
            account_type=self.account_type,
            institution=self.institution,
            currency=self.opening_balance.currency,
        )


class _TransactionPayload(_Payload):
    id: UUID
    account_id: UUID
    amount: str
    currency: str
    booked_on: date
    category: str
    payee: str
    transfer_pair_id: UUID | None = None

    def to_node(self) -> TransactionNode:
        return TransactionNode(
            id=TransactionId(self.id),
            account_id=AccountId(self.account_id),
            amount=Money.parse(self.amount, self.currency),
            booked_on=self.booked_on,
            payee=self.payee,
            category=self.category,
            pair=None if self.transfer_pair_id is None else TransactionId(self.transfer_pair_id),
        )


class AccountsMergedPayload(_Payload):
    """Of `AccountsMerged`, topic `financial`: the account that is no more."""

    account_id: UUID


class TransactionsRecordedPayload(_Payload):
    """Of `TransactionsRecorded`, topic `financial`."""

    transactions: tuple[_TransactionPayload, ...]

    def to_nodes(self) -> list[TransactionNode]:
        """The transactions' nodes."""
        return [transaction.to_node() for transaction in self.transactions]


class GoalCreatedPayload(_Payload):
    """Of `GoalCreated` and `GoalUpdated`, topic `goals`."""

    goal_id: UUID
    goal_name: str
    goal_type: str
    target_amount: _MoneyPayload
    target_date: date

    def to_node(self, user_id: UserId) -> GoalNode:
        """The goal's node."""
        return GoalNode(
            id=GoalId(self.goal_id),
            user_id=user_id,
            name=self.goal_name,
            goal_type=self.goal_type,
            target_amount=Money.parse(self.target_amount.amount, self.target_amount.currency),
            target_date=self.target_date,
        )


class TransactionsDeletedPayload(_Payload):
    """Of `TransactionsDeleted`, topic `financial`."""

    transaction_ids: list[UUID]


class GoalDeletedPayload(_Payload):
    """Of `GoalDeleted`, topic `goals`."""

    goal_id: UUID


class GoalAccountsLinkedPayload(_Payload):
    """Of `GoalAccountsLinked`, topic `goals`."""

    goal_id: UUID
    account_ids: tuple[UUID, ...]
