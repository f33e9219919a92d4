"""Checked expressions as polars columns for many customers, and journey queries over many customers' touchpoints.

The only part of the conditions that needs polars. A condition's column is Boolean with null for unknown; polars' own
`&`, `|` and `~` follow Kleene. The columns asked are named as the values' keys: attributes by name, queries by key.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from functools import reduce
from operator import and_, or_
from typing import Final
from zoneinfo import ZoneInfo

import polars as pl

from nba_desktop.backend.decisioning.attributes import AttributeType, Schema
from nba_desktop.backend.decisioning.conditions.condition import Condition
from nba_desktop.backend.decisioning.conditions.expression import (
    Always,
    Asked,
    Compare,
    Days,
    Every,
    Expression,
    Fixed,
    Flag,
    Member,
    Operand,
    Opposite,
    Relation,
    Scalar,
    Some,
)
from nba_desktop.backend.decisioning.conditions.journey_queries import JourneyQuery

_COLUMN_TYPES: Final[dict[AttributeType, pl.DataType]] = {
    "integer": pl.Int64(),
    "number": pl.Float64(),
    "bool": pl.Boolean(),
    "text": pl.String(),
    "date": pl.Date(),
}


def columns_of(condition: Condition, schema: Schema) -> dict[str, pl.DataType]:
    """The columns a condition asks, with their types; a missing one is to be added as nulls of its type.

    Text columns may also be Categorical or Enum, numbers any numeric type.
    """
    asked = {name: _COLUMN_TYPES[schema[name].type] for name in sorted(condition.names)}
    return asked | {query.key: pl.Int64() for query in sorted(condition.queries, key=lambda one: one.key)}


def to_polars(condition: Condition) -> pl.Expr:
    """The condition as a Boolean column, null where unknown."""
    if isinstance(condition.expression, Always):
        return pl.repeat(condition.expression.truth, pl.len(), dtype=pl.Boolean)
    return _truth(condition.expression)


def journey_frame(
    queries: Iterable[JourneyQuery],
    touchpoints: pl.DataFrame,
    now: datetime,
    zone: ZoneInfo,
    customers: pl.Series | None = None,
) -> pl.DataFrame:
    """Answer every query for many customers: columns `customer_id` and one Int64 per key, a row per customer.

    `touchpoints` has the columns customer_id, at (Datetime with a time zone), type, channel and experience (codes).
    Rows are those of `customers` in their order; without it, those who have a touchpoint.
    """
    keyed = {query.key: query for query in queries}
    today = now.astimezone(zone).date()
    days = (pl.lit(today) - pl.col("at").dt.convert_time_zone(zone.key).dt.date()).dt.total_days()
    counted = (
        touchpoints.lazy()
        .filter(pl.col("at") <= now)
        .with_columns(days.alias("days"))
        .group_by("customer_id")
        .agg(_answer(query).alias(key) for key, query in keyed.items())
    )
    ids = touchpoints.get_column("customer_id").unique(maintain_order=True) if customers is None else customers
    rows = ids.alias("customer_id").to_frame().lazy().join(counted, on="customer_id", how="left", maintain_order="left")
    counts = [key for key, query in keyed.items() if query.ask == "count"]
    return rows.with_columns(pl.col(counts).fill_null(0)).select("customer_id", *keyed).collect()


def _answer(query: JourneyQuery) -> pl.Expr:
    fits: list[pl.Expr] = []
    if query.type is not None:
        fits.append(pl.col("type") == query.type)
    if query.channel is not None:
        fits.append(pl.col("channel") == query.channel.value)
    if query.experience is not None:
        fits.append(pl.col("experience") == query.experience.value)
    if query.within is not None:
        fits.append(pl.col("days") <= query.within)
    if query.ask == "days_since":
        return pl.when(*fits).then(pl.col("days")).min().cast(pl.Int64)
    return (reduce(and_, fits).sum() if fits else pl.len()).cast(pl.Int64)


def _truth(expression: Expression) -> pl.Expr:
    match expression:
        case Always():
            return pl.lit(expression.truth)
        case Flag():
            return _value(expression.asked)
        case Opposite():
            return ~_truth(expression.inner)
        case Every():
            return reduce(and_, map(_truth, expression.parts))
        case Some():
            return reduce(or_, map(_truth, expression.parts))
        case Compare():
            return _comparison(_value(expression.left), expression.relation, _value(expression.right))
        case Member():
            return _membership(expression.operand, expression.members)


def _comparison(left: pl.Expr, relation: Relation, right: pl.Expr) -> pl.Expr:
    match relation:
        case "==":
            return left == right
        case "!=":
            return left != right
        case "<":
            return left < right
        case "<=":
            return left <= right
        case ">":
            return left > right
        case ">=":
            return left >= right


def _value(operand: Operand) -> pl.Expr:
    match operand:
        case Fixed():
            return pl.lit(operand.value)
        case Days():
            return _value(operand.end).cast(pl.Int32) - _value(operand.start).cast(pl.Int32)
        case Asked():
            column = pl.col(operand.key)
            match operand.type:
                # polars orders NaN above all numbers; here it is a missing number, in a column of integers too.
                case "number":
                    return column.cast(pl.Float64).fill_nan(None)
                case "integer":
                    return column.cast(pl.Int64, strict=False)
                case "bool":
                    return column.cast(pl.Boolean)
                case "date":
                    return column.cast(pl.Date)
                case _:
                    return column


def _membership(operand: Asked | Days, members: tuple[Scalar, ...]) -> pl.Expr:
    # Column and list must be of one type.
    match members[0]:
        case bool() | str():
            return _value(operand).is_in(pl.lit(pl.Series(members)).implode())
        case date():
            kind: pl.DataType = pl.Date()
        case _:
            real = any(isinstance(one, float) for one in members) or (
                isinstance(operand, Asked) and operand.type == "number"
            )
            kind = pl.Float64() if real else pl.Int64()
    return _value(operand).cast(kind).is_in(pl.lit(pl.Series(members, dtype=kind, strict=False)).implode())
