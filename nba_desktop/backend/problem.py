"""Refusals as problem documents (RFC 9457)."""

from __future__ import annotations

from nba_desktop.backend.errors import PanelTooOld, Refused
from nba_desktop.contract.codes import ProblemCode
from nba_desktop.contract.problems import FieldProblem, Problem


def problem_type(code: ProblemCode) -> str:
    """Return the URI that stands for a code."""
    return f"urn:nba-desktop:problem:{code.value}"


def problem(
    code: ProblemCode,
    status: int,
    title: str,
    detail: str = "",
    instance: str = "",
    errors: tuple[FieldProblem, ...] = (),
) -> Problem:
    """Return a problem document."""
    return Problem(
        type=problem_type(code),
        title=title,
        status=status,
        code=code,
        detail=detail,
        instance=instance,
        errors=errors,
    )


def problem_of(refusal: Refused) -> Problem:
    """Return what a refusal says on the wire."""
    document = problem(refusal.code, refusal.status, refusal.title, refusal.detail, errors=refusal.errors)
    return document.model_copy(update={"needed": refusal.needed}) if isinstance(refusal, PanelTooOld) else document
