"""Sums by account, month, category and direction, kept by triggers; and one text to search in."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

_KEY = "account_id, date_trunc('month', booked_on::timestamp)::date, category, type"
_NAMES = "account_id, month, category, type"
_COLUMNS = "account_id, month, category, type, amount, entries"

_ADDED = f"""
CREATE FUNCTION transaction_months_added() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO transaction_months AS m ({_COLUMNS})
    SELECT {_KEY}, sum(amount), count(*) FROM added GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4
    ON CONFLICT ({_NAMES})
    DO UPDATE SET amount = m.amount + excluded.amount, entries = m.entries + excluded.entries;
    RETURN NULL;
END $$
"""  # noqa: S608 - constants of this module
_REMOVED = f"""
CREATE FUNCTION transaction_months_removed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE transaction_months AS m SET amount = m.amount - r.amount, entries = m.entries - r.entries
    FROM (SELECT {_KEY}, sum(amount), count(*) FROM removed GROUP BY 1, 2, 3, 4) AS r ({_COLUMNS})
    WHERE (m.account_id, m.month, m.category, m.type) = (r.account_id, r.month, r.category, r.type);
    DELETE FROM transaction_months AS m USING (SELECT DISTINCT {_KEY} FROM removed) AS r ({_NAMES})
    WHERE (m.account_id, m.month, m.category, m.type) = (r.account_id, r.month, r.category, r.type) AND m.entries = 0;
    RETURN NULL;
END $$
"""  # noqa: S608 - constants of this module
_CHANGED = f"""
CREATE FUNCTION transaction_months_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO transaction_months AS m ({_COLUMNS})
    SELECT account_id, month, category, type, sum(amount), sum(entries) FROM (
        SELECT {_KEY}, amount, 1 FROM added UNION ALL SELECT {_KEY}, -amount, -1 FROM removed
    ) AS d ({_COLUMNS})
    GROUP BY 1, 2, 3, 4 HAVING sum(amount) <> 0 OR sum(entries) <> 0 ORDER BY 1, 2, 3, 4
    ON CONFLICT ({_NAMES})
    DO UPDATE SET amount = m.amount + excluded.amount, entries = m.entries + excluded.entries;
    IF FOUND THEN
        DELETE FROM transaction_months AS m USING (SELECT DISTINCT {_KEY} FROM removed) AS r ({_NAMES})
        WHERE (m.account_id, m.month, m.category, m.type) = (r.account_id, r.month, r.category, r.type)
          AND m.entries = 0;
    END IF;
    RETURN NULL;
END $$
"""  # noqa: S608 - constants of this module
_TRIGGERS = {
    "added": "INSERT ON transactions REFERENCING NEW TABLE AS added",
    "removed": "DELETE ON transactions REFERENCING OLD TABLE AS removed",
    "changed": "UPDATE ON transactions REFERENCING NEW TABLE AS added OLD TABLE AS removed",
}


def upgrade() -> None:
    op.create_table(
        "transaction_months",
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("category", sa.Text(), nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("amount", sa.Numeric(24, 4), nullable=False),
        sa.Column("entries", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("account_id", "month", "category", "type", name="pk_transaction_months"),
    )
    op.add_column(
        "transactions",
        sa.Column(
            "search_text",
            sa.Text(),
            sa.Computed("lower(payee || chr(1) || narration || chr(1) || note)", persisted=True),
        ),
    )
    for function in (_ADDED, _REMOVED, _CHANGED):
        op.execute(function)
    for name, event in _TRIGGERS.items():
        op.execute(
            f"CREATE TRIGGER transaction_months_{name} AFTER {event}"
            f" FOR EACH STATEMENT EXECUTE FUNCTION transaction_months_{name}()"
        )
    op.execute(
        f"INSERT INTO transaction_months ({_COLUMNS})"  # noqa: S608 - constants of this module
        f" SELECT {_KEY}, sum(amount), count(*) FROM transactions GROUP BY 1, 2, 3, 4"
    )


def downgrade() -> None:
    for name in _TRIGGERS:
        op.execute(f"DROP TRIGGER transaction_months_{name} ON transactions")
        op.execute(f"DROP FUNCTION transaction_months_{name}()")
    op.drop_column("transactions", "search_text")
    op.drop_table("transaction_months")
