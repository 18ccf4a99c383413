"""Who agreed to be compared with others."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "similarity_consents",
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("granted", sa.Boolean(), nullable=False),
        sa.Column("changed_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("user_id", name="pk_similarity_consents"),
    )
    op.create_index(
        "ix_similarity_consents_granted", "similarity_consents", ["user_id"], postgresql_where=sa.text("granted")
    )


def downgrade() -> None:
    op.drop_table("similarity_consents")
