"""The edges of the Genesys Cloud source: addresses, settings, masking, replay, and what is loaded when."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import requests

from nba_desktop.adapters.backend_url import check_service_url
from nba_desktop.adapters.cti.genesys.addresses import party_of
from nba_desktop.adapters.cti.genesys.kept_sign_in import KeptSignIn
from nba_desktop.adapters.cti.genesys.masking import mask_genesys
from nba_desktop.adapters.cti.genesys.messages import Problem, Talk, read_message
from nba_desktop.adapters.cti.genesys.replay import genesys_events, users_in
from nba_desktop.adapters.cti.genesys.settings import GenesysSourceSettings, genesys_settings_of
from nba_desktop.adapters.cti.genesys.trouble import line_trouble
from nba_desktop.adapters.cti.numbers import NumberSettings
from nba_desktop.adapters.flight.masking import REMOVED, Masking
from nba_desktop.adapters.policy import policy_of
from nba_desktop.adapters.secrets import Secrets
from nba_desktop.adapters.settings import GenesysSettings, TelephonySettings
from nba_desktop.adapters.sign_in.loopback import code_challenge
from nba_desktop.domain.call_event import CallEventType, Party
from nba_desktop.domain.errors import FailureCode, SecretsError, SettingsError
from tests.fakes.genesys import AGENT, COLLEAGUE, SCRIPTS, names, steps, translator

NOW = datetime(2026, 1, 5, 9, tzinfo=UTC)
CLIENT: Any = {
    "api_url": "https://a.example",
    "login_url": "https://b.example",
    "grant": "pkce",
    "client_id": "client",
}
NOBODY = Party("", None, "restricted")


@pytest.mark.parametrize(
    ("address", "party"),
    [
        ("tel:+493512805504", Party("+493512805504", "+493512805504", "allowed")),
        ("TEL:+49-351-2805504;ext=1", Party("+49-351-2805504", "+493512805504", "allowed")),
        ("sip:+493512805504@example.com;user=phone", Party("+493512805504", "+493512805504", "allowed")),
        ("sip:%2B493512805504@example.com", Party("+493512805504", "+493512805504", "allowed")),
        ("+493512805504", Party("+493512805504", "+493512805504", "allowed")),
        ("tel:201", Party("201", None, "allowed")),
        ("tel:116117", Party("116117", None, "allowed")),
        ("sip:anonymous@anonymous.invalid", NOBODY),
        ("tel:Anonymous", NOBODY),
        ("tel:blocked", NOBODY),
        ("Restricted", NOBODY),
        ("", Party()),
        ("tel:unknown", Party()),
        ("sip:5f0c6f0e-2a51-4b38-9f0e-0d2f5a9b1c01@localhost", Party()),
        ("tel:\x00\x1b[31m", Party()),
    ],
)
def test_an_address_is_a_number_or_nothing(address: str, party: Party) -> None:
    assert party_of(address, NumberSettings()) == party


def telephony(**changes: Any) -> TelephonySettings:
    genesys = GenesysSettings(**{"client_id": "client", "user_id": AGENT, **changes})
    return TelephonySettings(source="genesys_cloud", genesys=genesys, extension="201")


def test_the_region_makes_the_addresses() -> None:
    settings = genesys_settings_of(telephony(region="usw2.pure.cloud"), "unused")
    assert settings.api_url == "https://api.usw2.pure.cloud"
    assert settings.login_url == "https://login.usw2.pure.cloud"
    assert settings.redirect_uri == "http://127.0.0.1:8477/callback"
    assert settings.secret is None, "a public client has none"


def test_addresses_of_its_own_take_the_place_of_the_regions() -> None:
    settings = genesys_settings_of(telephony(api_url="http://127.0.0.1:8/", login_url="http://localhost:9"), None)
    assert (settings.api_url, settings.login_url) == ("http://127.0.0.1:8", "http://localhost:9")


@pytest.mark.parametrize(
    ("changes", "secret", "says"),
    [
        ({"grant": "client_credentials"}, None, "secret in the keyring"),
        ({"grant": "client_credentials"}, "", "secret in the keyring"),
        ({"grant": "client_credentials"}, "geheim–nis", "characters that no secret has"),
        ({"grant": "client_credentials"}, "secret\n", "characters that no secret has"),
        ({"client_id": "client id"}, None, "characters that no OAuth client's id has"),
        ({"client_id": "client–id"}, None, "characters that no OAuth client's id has"),
    ],
)
def test_what_cannot_be_used_is_named(changes: dict[str, Any], secret: str | None, says: str) -> None:
    with pytest.raises(SettingsError, match=says):
        genesys_settings_of(telephony(**changes), secret)


@pytest.mark.parametrize(
    ("key", "url", "says"),
    [
        ("api_url", "http://api.example.com", "must begin with https:// unless it is on this machine"),
        ("login_url", "https://user:pass@login.example.com", "only host, port and path may be in it"),
        ("api_url", "ftp://127.0.0.1", "not an address such as https://api.mypurecloud.de"),
        ("api_url", "https://[::1", "not an address such as https://api.mypurecloud.de"),
    ],
)
def test_an_address_that_cannot_be_used_is_said_when_the_policy_is_read(key: str, url: str, says: str) -> None:
    policy = policy_of({"telephony": {"genesys": {key: url}}}, "policy.json")
    assert policy.error is not None
    assert (policy.error.where, policy.error.says) == (f"policy.json, telephony.genesys.{key}", says)
    with pytest.raises(SettingsError, match=says):
        GenesysSourceSettings(**{**CLIENT, key: url})


def test_a_client_of_its_own_has_to_know_the_user() -> None:
    with pytest.raises(SettingsError, match="user_id"):
        GenesysSourceSettings("https://a.example", "https://b.example", "client_credentials", "client", "secret")
    with pytest.raises(SettingsError, match="client_id"):
        GenesysSourceSettings("https://a.example", "https://b.example", "pkce", "")


def test_a_file_of_certificates_that_holds_none_is_named(tmp_path: Path) -> None:
    empty = tmp_path / "none.pem"
    empty.write_text("nothing", encoding="utf-8")
    for path in (empty, tmp_path / "missing.pem"):
        with pytest.raises(SettingsError, match="trusted certificates"):
            GenesysSourceSettings("https://a.example", "https://b.example", "pkce", "client", ca_file=path)


@pytest.mark.parametrize("uri", ["ws://example.com/x", "https://example.com", "wss://", "wss://u:p@example.com"])
def test_a_web_socket_to_elsewhere_has_to_be_encrypted(uri: str) -> None:
    with pytest.raises(SettingsError):
        check_service_url(uri, "connectUri", ("wss", "ws"))
    check_service_url("wss://streaming.mypurecloud.de/channels/x", "connectUri", ("wss", "ws"))


def test_the_challenge_is_the_one_of_the_standards_example() -> None:
    # RFC 7636, appendix B.
    assert (
        code_challenge("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk") == "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"
    )


def test_only_the_users_own_topic_counts() -> None:
    message = dict(steps("01")[0].message)
    assert not isinstance(read_message(json.dumps(message), AGENT), (Talk, Problem))
    assert read_message(json.dumps(message), COLLEAGUE) is Talk.NOTHING
    assert read_message('{"topicName":"v2.system.socket_closing"}', AGENT) is Talk.CLOSING
    assert read_message('{"topicName":"channel.metadata","eventBody":{}}', AGENT) is Talk.NOTHING
    assert read_message(b"\xff", AGENT) == Problem("not_json")
    assert read_message("[" * 100_000, AGENT) == Problem("not_json")
    assert read_message("[]", AGENT) == Problem("not_a_message")
    assert read_message(json.dumps({**message, "eventBody": None}), AGENT) == Problem("not_a_conversation")


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (ConnectionRefusedError(), "connection_refused"),
        (TimeoutError(), "no_answer"),
        (requests.exceptions.ReadTimeout(), "no_answer"),
        (requests.exceptions.SSLError(), "tls_failed"),
        (requests.exceptions.ChunkedEncodingError(), "network"),
        (OSError(), "network"),
    ],
)
def test_what_others_raise_becomes_a_code(error: Exception, code: str) -> None:
    assert line_trouble(error).code == code


@pytest.mark.parametrize("number", names())
def test_a_masked_conversation_tells_the_same_without_the_people(number: str) -> None:
    masking = Masking(b"k" * 32)
    sent = [json.dumps(step.message).encode() for step in steps(number)]
    masked = [mask_genesys(one, masking) for one in sent]
    for text in masked:
        for personal in ("2805504", "901820", "K-10000", "Caller", "Colleague", "Called", "savings", "authenticated"):
            assert personal not in text
    followers = (translator(), translator())
    plain = [
        (one.type, one.leg_id, one.cause, one.queue) for one in genesys_events([(NOW, d) for d in sent], followers[:1])
    ]
    again = genesys_events([(NOW, text.encode()) for text in masked], followers[1:])
    assert [(one.type, one.leg_id, one.cause, one.queue) for one in again] == plain
    assert plain


def test_a_withheld_number_stays_withheld_when_masked() -> None:
    masked = mask_genesys(json.dumps(steps("12")[0].message).encode(), Masking(b"k" * 32))
    (event, *_rest) = genesys_events([(NOW, masked.encode())], [translator()])
    assert event.caller == NOBODY


@pytest.mark.parametrize("data", [b"", b"\xff\xfe", b"[1]", b'"K-100001"', b"{" * 10, b" " * 300_000])
def test_what_is_no_message_is_removed(data: bytes) -> None:
    assert mask_genesys(data, Masking(b"k" * 32)) == REMOVED


def test_unknown_keys_are_left_out_when_masked() -> None:
    message = {"topicName": "someone@example.com", "secret": "x", "eventBody": {"id": "Jane Doe", "uuiData": "y"}}
    masked = mask_genesys(json.dumps(message).encode(), Masking(b"k" * 32))
    assert json.loads(masked) == {"topicName": REMOVED, "eventBody": {"id": REMOVED}}


def test_a_recording_is_replayed_for_the_users_in_it() -> None:
    script = (SCRIPTS / "08_ivr_attributes.jsonl").read_bytes()
    assert users_in(script) == (AGENT,)
    events = list(genesys_events([(NOW, script)], [translator(user) for user in users_in(script)]))
    assert [one.type for one in events] == [CallEventType.RINGING, CallEventType.ANSWERED, CallEventType.ENDED]
    assert list(genesys_events([(NOW, b"nothing\n{}\n")], [translator()])) == []


def test_a_recorded_list_of_calls_counts_as_a_snapshot() -> None:
    listing = json.dumps({"entities": [steps("01")[1].conversation]}).encode()
    events = list(genesys_events([(NOW, listing), (NOW, b'{"entities": []}')], [translator()]))
    assert [one.type for one in events] == [CallEventType.ANSWERED, CallEventType.SNAPSHOT, CallEventType.SNAPSHOT]
    assert [len(one.legs) for one in events] == [0, 1, 0]


def test_another_source_of_calls_loads_nothing_of_this_one() -> None:
    program = """
import sys
import nba_desktop.adapters.cti.genesys.source
sys.exit(" ".join(one for one in sys.modules if one.startswith(("websockets", "http.server", "requests"))) or 0)
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False, timeout=30)
    assert (done.returncode, done.stderr) == (0, "")


class Memory(Secrets):
    """A keyring in memory."""

    def __init__(self) -> None:
        super().__init__(list)
        self.kept: dict[str, str] = {}

    def read(self, name: str) -> str:
        if name not in self.kept:
            raise SecretsError("the keyring has no secret by this name", FailureCode.KEYRING_NO_TOKEN)
        return self.kept[name]

    def store(self, name: str, secret: str) -> None:
        self.kept[name] = secret


def test_a_sign_in_is_kept_in_the_keyring() -> None:
    memory = Memory()
    kept = KeptSignIn("client", memory)
    with pytest.raises(SecretsError):
        kept.read()
    kept.store("token")
    assert kept.read() == "token"
    assert list(memory.kept) == ["genesys sign-in client"]


def test_a_number_format_of_the_settings_is_used() -> None:
    settings = genesys_settings_of(telephony(), None)
    assert settings.numbers == NumberSettings()
    assert replace(settings, extension="").user("x").extension == ""
