"""`providers.yaml`: every mistake is said with its place; the sample is without one."""

from __future__ import annotations

from pathlib import Path

import pytest

from nba_desktop.backend.decisioning.catalogue import Catalogue
from nba_desktop.backend.decisioning.loader import load_catalogue
from nba_desktop.backend.errors import CatalogueErrors
from nba_desktop.backend.providers.reading import read_providers
from tests.fakes.backend_site import backend_app
from tests.fakes.decisions import RESOURCES, SMALL_CATALOGUE, sample_catalogue

GOOD = """\
providers:
  - name: tariffs
    url: https://tariffs.example/quotes/{customer_no}
    attributes: {fix_ct: offer.ct}
"""


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load_catalogue(SMALL_CATALOGUE)


def mistakes(folder: Path, catalogue: Catalogue, text: str) -> list[str]:
    file = folder / "providers.yaml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(CatalogueErrors) as raised:
        read_providers(file, catalogue)
    return [str(one).removeprefix("providers.yaml:") for one in raised.value.errors]


@pytest.mark.parametrize(
    ("was", "becomes", "says"),
    [
        ("providers:", "timeout_ms: 5\nproviders:", "1:13: 5 is too small – at least 20"),
        ("name: tariffs", "nane: tariffs", "2:5: 'name' is missing"),
        ("name: tariffs", "name: tariffs\n    cash_s: 3", "3:5: unknown key 'cash_s' – did you mean 'cache_s'?"),
        ("name: tariffs", "name: tariffs\n    breaker: {pauses: 3}", "3:15: unknown key 'pauses' – did you mean"),
        ("https:", "http:", "3:10: customers' data would be sent in the clear"),
        ("https://", "https://me:pw@", "the address holds a password"),
        ("https://tariffs.example", "https://{customer_no}.example", "never in the name of the server"),
        ("{customer_no}", "{phone}", "nothing fills '{phone}': there are {customer_id}, {customer_no}, {postcode}"),
        ("{customer_no}", "{customer_no", "a brace is not closed or not opened"),
        ("quotes", "Angebote für", "ASCII characters only"),
        ("tariffs.example", "tariffs:example", "the address cannot be read"),
        (
            "name: tariffs",
            "name: tariffs\n    method: POST\n    body: {d: 2026-01-01}",
            "4:11: '2026-01-01' is nothing",
        ),
        ("name: tariffs", "name: tariffs\n    method: POST", "'body' belongs to 'method: POST'"),
        (
            "name: tariffs",
            "name: tariffs\n    credentials: {}",
            "write either 'env: NAME OF A VARIABLE' or 'file: PATH'",
        ),
        (
            "name: tariffs",
            "name: tariffs\n    credentials: {env: NBA_NOT_SET}",
            "3:18: the variable NBA_NOT_SET holds no",
        ),
        ("name: tariffs", "name: tariffs\n    credentials: {file: nowhere}", "the file nowhere with the secret of a"),
        ("fix_ct: ", "fix_cd: ", "4:18: no other system can supply 'fix_cd' – did you mean 'fix_ct'?"),
        ("fix_ct: offer.ct", "age: a", "4:18: no other system can supply 'age'"),
        ("offer.ct", "{path: a, format: '%d'}", "'format' is how dates are written, and 'fix_ct' is none"),
        ("fix_ct: offer.ct", "boiler_type: {path: a, codes: {g: gaz}}", "'gaz' is none of district, gas"),
        ("{fix_ct: offer.ct}", "{}", "4:17: at least one entry is needed"),
        ("{fix_ct: offer.ct}", "[]", "4:17: keys and values are expected here"),
        (
            "{fix_ct: offer.ct}",
            "{fix_ct: {pad: a}}",
            "4:27: unknown key 'pad' – there are path, codes, otherwise, format",
        ),
        ("{fix_ct: offer.ct}", "{fix_ct: {path: a, otherwise: 1}}", "'otherwise' goes with 'codes'"),
        ("  - name", "  - &one\n    name", None),
    ],
)
def test_a_mistake_is_said_with_its_place(
    tmp_path: Path, catalogue: Catalogue, was: str, becomes: str, says: str | None
) -> None:
    assert was in GOOD
    text = GOOD.replace(was, becomes, 1)
    if says is None:
        twice = mistakes(tmp_path, catalogue, text + "  - *one\n")
        assert [one.partition(": ")[2].partition(" –")[0] for one in twice] == [
            "the provider 'tariffs' is here twice",
            "the attribute 'fix_ct' is here twice",
        ]
        return
    assert any(says in one for one in mistakes(tmp_path, catalogue, text)), mistakes(tmp_path, catalogue, text)


def test_the_sample_is_read_with_the_sample_catalogue(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    sample = RESOURCES / "sample" / "providers.yaml"
    found = read_providers(sample, sample_catalogue())
    assert (found.timeout_s, [one.name for one in found.listed]) == (0.4, ["tariffs", "billing"])
    with_secret = tmp_path / "providers.yaml"
    with_secret.write_text(sample.read_text("utf-8").replace("# credentials:", "credentials:"), encoding="utf-8")
    monkeypatch.setenv("NBA_BILLING_TOKEN", "secret")
    assert len(read_providers(with_secret, sample_catalogue()).listed) == 2


def test_a_server_does_not_start_with_a_mistake_in_the_file(tmp_path: Path) -> None:
    file = tmp_path / "providers.yaml"
    file.write_text(GOOD.replace("fix_ct", "fix_cd"), encoding="utf-8")
    with (
        pytest.raises(CatalogueErrors, match="no other system can supply 'fix_cd'"),
        backend_app(tmp_path, catalogue=SMALL_CATALOGUE, providers=file),
    ):
        pytest.fail("it started")
