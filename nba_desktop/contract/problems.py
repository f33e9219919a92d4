"""Errors on the wire: problem documents (RFC 9457)."""

from __future__ import annotations

from pydantic import Field

from nba_desktop.contract.base import Answer
from nba_desktop.contract.codes import ProblemCode

PROBLEM_MEDIA_TYPE = "application/problem+json"


class FieldProblem(Answer):
    """One wrong place in a message; never repeats the value, which may be personal data."""

    where: str
    message: str


class Problem(Answer):
    """An error with a stable code; `detail` is for logs, the panel shows its own sentence for `code`.

    `needed` is the version that a panel must have which is too old.
    """

    type: str
    title: str
    status: int
    code: ProblemCode
    detail: str = ""
    instance: str = ""
    needed: str = ""
    errors: tuple[FieldProblem, ...] = Field(default=())
