"""What can be said of a table, column by column. Knows nothing of the page that shows it."""

import pandas as pd
from pandas.api import types


def kind_of(column: pd.Series) -> str:
    """`empty`, `yes/no`, `number`, `date` or `text`."""
    present = column.dropna()
    if present.empty:
        return "empty"
    if types.is_bool_dtype(present):
        return "yes/no"
    if types.is_numeric_dtype(present):
        return "number"
    dates = pd.to_datetime(present.astype(str), errors="coerce", format="ISO8601")
    return "date" if dates.notna().all() else "text"


def detail_of(column: pd.Series, kind: str) -> str:
    """One line that tells most about a column of this kind."""
    present = column.dropna()
    if kind == "empty":
        return ""
    if kind == "number":
        return f"{present.min():g} to {present.max():g}, mean {present.mean():g}, median {present.median():g}"
    if kind == "date":
        dates = pd.to_datetime(present.astype(str), format="ISO8601")
        return f"{dates.min().date()} to {dates.max().date()}"
    commonest = present.astype(str).value_counts().head(3)
    return ", ".join(f"{text[:40]} ({count})" for text, count in commonest.items())


def profile(table: pd.DataFrame) -> pd.DataFrame:
    """One row for each column of the table."""
    rows = []
    for name in table.columns:
        column = table[name]
        kind = kind_of(column)
        missing = column.isna().mean() if len(column) else 0.0
        rows.append(
            {
                "column": str(name),
                "kind": kind,
                "missing": f"{missing:.1%}",
                "different values": int(column.nunique()),
                "detail": detail_of(column, kind),
            }
        )
    return pd.DataFrame(rows)


def summary(table: pd.DataFrame) -> str:
    """The table in one sentence or two."""
    repeated = int(table.duplicated().sum())
    text = f"{len(table):,} rows, {len(table.columns)} columns."
    if repeated:
        text += f" {repeated:,} rows repeat an earlier one."
    return text
