"""Who read which customers: for data protection, for the employee it is about, and who looked for the works council."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query

from nba_desktop.backend.access.log import AuditService, Period
from nba_desktop.backend.api.auth import AuditWatcher, ConsentOfficer, Employee
from nba_desktop.backend.api.problems import PROBLEM_RESPONSES
from nba_desktop.backend.errors import InvalidMessage
from nba_desktop.contract.audit import MAX_READS, AuditLook, AuditPage, OwnAudit
from nba_desktop.contract.base import CalendarDay
from nba_desktop.contract.codes import ReadOperation

_First = Annotated[
    CalendarDay | None, Query(alias="from", description="The first day at the site; else 30 days before `to`.")
]
_Last = Annotated[CalendarDay | None, Query(alias="to", description="The last day at the site; else today.")]
_Limit = Annotated[int, Query(ge=1, le=MAX_READS)]
_Cursor = Annotated[str | None, Query(max_length=100, description="`next` of the page before.")]
_Key = Annotated[str | None, Query(min_length=1, max_length=64, pattern=r"^[^\x00]*$")]
_Reason = Annotated[str, Query(max_length=180, pattern=r"^[^\x00]*$")]


def audit_router(service: AuditService) -> APIRouter:
    """Return the routes under `/v1/audit`."""
    router = APIRouter(prefix="/v1/audit", tags=["audit"], responses=PROBLEM_RESPONSES)

    @router.get("", operation_id="read_audit")
    def read_audit(
        caller: ConsentOfficer,
        customer_no: _Key = None,
        agent_id: _Key = None,
        reason: _Reason = "",
        first: _First = None,
        last: _Last = None,
        limit: _Limit = MAX_READS,
        cursor: _Cursor = None,
    ) -> AuditPage:
        """Who read a customer, or what an employee or a system read; `reason` is needed, and the look is kept.

        An employee sees who looked at what is logged of him and why, and so does the works council: name no customer.
        """
        period = Period(first, last, limit, cursor)
        if customer_no is not None and agent_id is None:
            return service.of_customer(caller, ReadOperation.READ_AUDIT, customer_no, reason, period)
        if agent_id is not None and customer_no is None:
            return service.of_agent(caller, agent_id, reason, period)
        raise InvalidMessage("name either a customer by 'customer_no' or somebody who reads by 'agent_id'")

    @router.get("/mine", operation_id="own_audit")
    def own_audit(
        caller: Employee,
        first: _First = None,
        last: _Last = None,
        limit: _Limit = MAX_READS,
        cursor: _Cursor = None,
    ) -> OwnAudit:
        """What is logged of the caller himself, without the customers, and who looked at that in the last year."""
        return service.mine(caller, Period(first, last, limit, cursor))

    @router.get("/looks", operation_id="audit_looks")
    def audit_looks(_caller: AuditWatcher) -> tuple[AuditLook, ...]:
        """Who looked at what is logged of employees in the last year, and why; no customer is in it."""
        return service.looks()

    return router
