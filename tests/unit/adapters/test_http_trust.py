"""Over TLS the panel believes whom this machine believes, and nobody else."""

from __future__ import annotations

from pathlib import Path

import pytest

from nba_desktop.adapters.http_backend import HttpBackend
from nba_desktop.adapters.http_client import Timeouts
from nba_desktop.domain.errors import BackendUntrusted, FailureCode
from tests.fakes.certificates import Authority
from tests.unit.adapters.http_peer import says, serving

CATALOGUE = '{"version":"7","language":"de","concerns":[{"code":"move","label":"Umzug"}]}'
PATIENT = Timeouts(connect_s=5.0, read_s=5.0, total_s=10.0)


@pytest.fixture
def authority(tmp_path: Path) -> Authority:
    return Authority(tmp_path)


@pytest.fixture
def trusted(authority: Authority, monkeypatch: pytest.MonkeyPatch) -> Authority:
    """An authority in the store of this machine, as OpenSSL's own variable names it."""
    monkeypatch.setenv("SSL_CERT_FILE", str(authority.ca_file))
    return authority


def test_an_authority_of_the_site_is_believed_where_the_machine_believes_it(trusted: Authority) -> None:
    with serving(says(200, CATALOGUE), trusted.certify("127.0.0.1")) as peer:
        backend = HttpBackend(peer.url, "secret", PATIENT)
        assert backend.catalogue("de").version == "7"
        assert backend.catalogue("de").version == "7"
        assert len({request.connection for request in peer.requests}) == 1


@pytest.mark.parametrize(
    ("host", "valid", "code"),
    [
        ("nba.example.com", (-10, 1), FailureCode.CERTIFICATE_WRONG_HOST),
        ("127.0.0.2", (-10, 1), FailureCode.CERTIFICATE_WRONG_HOST),
        ("127.0.0.1", (-10, -1), FailureCode.CERTIFICATE_EXPIRED),
        ("127.0.0.1", (1, 2), FailureCode.CERTIFICATE_NOT_YET_VALID),
    ],
    ids=["other host", "other address", "expired", "not yet valid"],
)
def test_a_certificate_that_does_not_fit_is_refused(
    trusted: Authority, host: str, valid: tuple[int, int], code: FailureCode
) -> None:
    begins, ends = valid
    with serving(says(200, CATALOGUE), trusted.certify(host, begins=begins, days=ends)) as peer:
        with pytest.raises(BackendUntrusted) as caught:
            HttpBackend(peer.url, "secret", PATIENT).catalogue("de")
        assert caught.value.code is code
        assert peer.requests == []


@pytest.mark.parametrize("variable", ["REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"])
def test_an_authority_that_only_a_variable_of_other_programs_names_is_not_believed(
    authority: Authority, variable: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(variable, str(authority.ca_file))
    with serving(says(200, CATALOGUE), authority.certify("127.0.0.1")) as peer:
        with pytest.raises(BackendUntrusted) as caught:
            HttpBackend(peer.url, "secret", PATIENT).catalogue("de")
        assert caught.value.code is FailureCode.CERTIFICATE_UNTRUSTED
        assert peer.requests == []


def test_the_certificates_of_a_python_package_are_not_believed(
    trusted: Authority, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = tmp_path / "other"
    other.mkdir()
    stranger = Authority(other)
    monkeypatch.setattr("requests.adapters.DEFAULT_CA_BUNDLE_PATH", str(stranger.ca_file))
    with serving(says(200, CATALOGUE), stranger.certify("127.0.0.1")) as peer:
        with pytest.raises(BackendUntrusted) as caught:
            HttpBackend(peer.url, "secret", PATIENT).catalogue("de")
        assert caught.value.code is FailureCode.CERTIFICATE_UNTRUSTED
        assert peer.requests == []
