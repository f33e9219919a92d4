"""How a database goes about what it is asked: what it looks up, and what it looks through from end to end."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, TypeAlias

from sqlalchemy import Connection, event

from nba_desktop.backend.store.engine import Database

Statement: TypeAlias = tuple[str, Any]


@dataclass(frozen=True)
class Plans:
    """Tables that are gone through whole, and the indexes by which others are looked up (`""`: their key), in order."""

    whole: list[str]
    lookups: list[str]


@contextmanager
def asked(database: Database) -> Iterator[list[Statement]]:
    """Collect what is asked of a database while the block runs."""
    questions: list[Statement] = []

    def collect(_connection: Any, _cursor: Any, statement: str, parameters: Any, *_rest: Any) -> None:
        if statement.lstrip().startswith("SELECT"):
            questions.append((statement, parameters))

    event.listen(database._engine, "before_cursor_execute", collect)
    try:
        yield questions
    finally:
        event.remove(database._engine, "before_cursor_execute", collect)


def plans_of(connection: Connection, questions: list[Statement]) -> Plans:
    """Ask the database how it would answer; PostgreSQL as if its tables were too large to go through."""
    plans = Plans([], [])
    if connection.dialect.name == "postgresql":
        # Of tables that were just emptied it knows nothing, and would as soon go through two and compare.
        for way in ("seqscan", "hashjoin", "mergejoin"):
            connection.exec_driver_sql(f"SET LOCAL enable_{way} = off")
    for statement, parameters in questions:
        if connection.dialect.name == "postgresql":
            found = connection.exec_driver_sql(f"EXPLAIN (FORMAT JSON) {statement}", parameters).scalar_one()
            _read_node(found[0]["Plan"], plans)
        else:
            for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters):
                _read_line(row.detail, plans)
    return plans


def _read_line(line: str, plans: Plans) -> None:
    words = line.split()
    if words[0] == "SCAN":
        plans.whole.append(words[1])
    elif words[0] == "SEARCH":
        plans.lookups.append(words[words.index("INDEX") + 1] if "INDEX" in words and "PRIMARY" not in words else "")


def _read_node(node: dict[str, Any], plans: Plans) -> None:
    kind = node["Node Type"]
    if "Index" in kind and "Index Cond" in node:
        plans.lookups.append(node["Index Name"])
    elif kind == "Seq Scan" or "Index" in kind:
        # An index without a condition is gone through like its table.
        plans.whole.append(str(node.get("Relation Name", node.get("Index Name"))))
    for inner in node.get("Plans", ()):
        _read_node(inner, plans)
