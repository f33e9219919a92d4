"""What a migration may not do on its way down: lose what somebody said."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from alembic import op
from alembic.util import CommandError
from sqlalchemy import column, exists, literal, or_, select, table


def refuse_loss(tables: Iterable[str], columns: Mapping[str, Sequence[str]]) -> None:
    """Raise `CommandError` when one of the tables has a row, or one of the columns, by table, a value.

    SQL text that is written for later is not looked at.
    """
    if op.get_context().as_sql:
        return
    asked = {name: select(literal(1)).select_from(table(name)) for name in tables}
    for name, of_table in columns.items():
        filled = or_(*(column(one).is_not(None) for one in of_table))
        asked[f"{name} ({', '.join(of_table)})"] = select(literal(1)).select_from(table(name)).where(filled)
    lost = [what for what, question in asked.items() if op.get_bind().execute(select(exists(question))).scalar()]
    if lost:
        raise CommandError(f"the version before has no place for what is in {', '.join(lost)}")
