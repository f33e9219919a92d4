"""`make fuzz-api`: every route of the real backend asked by its own OpenAPI document, rightly and wrongly.

Each example is sent with a token of every role, or of one alone, then with none that counts. A failure is an answer
5xx, one that the document does not describe, or any but 401 to a stranger. Last line JSON; exit code 1 when something
failed.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

sys.path.insert(0, str(Path(__file__).parents[2]))

import hypothesis
import schemathesis
from hypothesis import strategies as st
from requests import Session
from schemathesis import APIOperation, Case, GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.core.failures import Failure, FailureGroup
from schemathesis.core.result import Ok
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from nba_desktop.backend.config import BackendConfig
from nba_desktop.backend.opening import now_utc, open_store
from nba_desktop.backend.tokens import TokenService
from nba_desktop.contract.codes import Role
from tests.fakes.backend_site import (
    ANN,
    JAN,
    JOURNEY,
    LISA,
    PORTAL_CATALOGUE,
    Client,
    authenticated,
    backend_app,
    serving,
    started,
)

DOCUMENT: Final = Path(__file__).parents[2] / "docs" / "openapi.json"
_CHECKS: Final = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
# It has no end.
_STREAM: Final = "/v1/stream"
_OPEN: Final = ("/healthz", "/readyz")
_LIMIT_S: Final = 20.0


@dataclass
class Report:
    """What was asked and what was wrong, by route."""

    cases: int = 0
    routes: int = 0
    failures: list[str] = field(default_factory=list)
    statuses: Counter[int] = field(default_factory=Counter)


@dataclass(frozen=True)
class Site:
    """A backend that serves, a token with every role and one for each, and ids that exist."""

    url: str
    tokens: tuple[str, ...]
    ids: Mapping[str, str]


@contextmanager
def site(folder: Path) -> Iterator[Site]:
    """A small site in which a call goes on."""
    config = BackendConfig(data=folder, resources=folder, catalogue=PORTAL_CATALOGUE)
    # The limit is for those who ask too often, as this does.
    app_made = backend_app(folder, catalogue=PORTAL_CATALOGUE, requests_per_s=100_000)
    with app_made as app, open_store(config) as store, serving(app) as url:
        with store.write() as unit:
            unit.customers.add([LISA, JAN, ANN], JOURNEY)
        service = TokenService(store, now_utc)
        every = service.create("anna", frozenset(Role))
        alone = [service.create(role.value, frozenset({role})) for role in Role]
        client = Client(url, every)
        start = started()
        client.post("/v1/contacts", start)
        view = client.post(f"/v1/contacts/{start.contact_id}/caller", authenticated(start.contact_id)).json()
        ids = {
            "contact_id": str(start.contact_id),
            "customer_no": LISA.customer_no,
            "decision_id": view["decision"]["decision_id"],
        }
        yield Site(url, (every, *alone), ids)


def fuzz(site: Site, examples: int, seed: int = 0, only: str = "") -> Report:
    """Ask every route `examples` times, half of them rightly."""
    document = json.loads(DOCUMENT.read_text(encoding="utf-8"))
    schema = schemathesis.openapi.from_dict(document)
    report = Report()
    with Session() as session:
        for found in schema.get_all_operations():
            assert isinstance(found, Ok), found
            operation = found.ok()
            if operation.path == _STREAM or only not in operation.label:
                continue
            report.routes += 1
            before = report.cases
            _fuzz(operation, site, session, examples, seed, report)
            print(f"{operation.label:<50} {report.cases - before:>6} cases", flush=True)
    return report


def _fuzz(
    operation: APIOperation[Any, Any, Any, Any], site: Site, session: Session, examples: int, seed: int, report: Report
) -> None:
    @hypothesis.seed(seed)
    @hypothesis.settings(
        max_examples=examples,
        database=None,
        deadline=None,
        phases=(hypothesis.Phase.generate,),
        suppress_health_check=list(hypothesis.HealthCheck),
    )
    @hypothesis.given(_cases(operation, site.ids), st.just(site.tokens[0]) | st.sampled_from(site.tokens))
    def ask(case: Case[Any], token: str) -> None:
        report.cases += 1
        answer = case.call(
            base_url=site.url, session=session, headers={"Authorization": f"Bearer {token}"}, timeout=_LIMIT_S
        )
        report.statuses[answer.status_code] += 1
        case.validate_response(answer, _CHECKS)
        if operation.path in _OPEN:
            return
        stranger = case.call(
            base_url=site.url, session=session, headers={"Authorization": "Bearer nobody"}, timeout=_LIMIT_S
        )
        assert stranger.status_code in (401, 429), f"a stranger got {stranger.status_code}"

    try:
        ask()
    except (Failure, FailureGroup, AssertionError) as error:
        report.failures.append(operation.label)
        print(f"{operation.label}: {_said(error)}", flush=True)


def _said(error: BaseException) -> str:
    if isinstance(error, FailureGroup):
        return "; ".join(map(str, error.exceptions))
    return str(error)


def _cases(operation: APIOperation[Any, Any, Any, Any], ids: Mapping[str, str]) -> st.SearchStrategy[Case[Any]]:
    """Right and wrong requests, and right ones about what exists."""
    strategies = [operation.as_strategy(generation_mode=mode) for mode in GenerationMode]
    names = {one.name for one in operation.path_parameters}
    if names and names <= ids.keys():
        real = {name: ids[name] for name in names}
        strategies.append(operation.as_strategy(path_parameters=real))
    return st.one_of(strategies)


def main() -> int:
    """Run it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--examples", type=int, default=300, help="for each route (default: %(default)s)")
    parser.add_argument("--seed", type=int, default=1, help="another one asks other things")
    parser.add_argument("--only", default="", metavar="PART", help="routes with this in their name alone")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="nba-fuzz-api-") as folder, site(Path(folder)) as asked:
        report = fuzz(asked, options.examples, options.seed, options.only)
    print(
        json.dumps(
            {
                "routes": report.routes,
                "cases": report.cases,
                "failures": report.failures,
                "statuses": {str(status): count for status, count in sorted(report.statuses.items())},
            }
        )
    )
    return 1 if report.failures else 0


if __name__ == "__main__":
    sys.exit(main())
