"""The machine's policy: who may have written it, and what of it can be relied on."""

from __future__ import annotations

import os
import plistlib
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nba_desktop.adapters.policy import LINUX_FILE, Policy, machine_policy, plist_values, policy_from, policy_from_file
from nba_desktop.adapters.policy_registry import REG_DWORD, REG_MULTI_SZ, REG_SZ, RegistryKey, policy_values
from nba_desktop.domain.errors import FailureCode

GOOD = '{"theme": "dark", "backend": {"mode": "site", "url": "https://nba.example.com"}}'


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A place for a policy in which the user of the test takes root's part."""
    folder = tmp_path / "nba-desktop"
    folder.mkdir(mode=0o755)
    return folder / "policy.json"


def read(file: Path) -> Policy:
    return policy_from_file(file, os.getuid(), file.parents[1])


def write(file: Path, content: str | bytes = GOOD) -> None:
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    file.chmod(0o644)


def test_a_machine_without_a_policy_has_none(file: Path) -> None:
    assert read(file) == Policy()
    file.parent.rmdir()
    assert read(file) == Policy()


def test_a_policy_is_read_with_its_place(file: Path) -> None:
    write(file, b"\xef\xbb\xbf" + GOOD.encode())
    policy = read(file)
    assert policy.place == str(file)
    assert policy.values == {"theme": "dark", "backend.mode": "site", "backend.url": "https://nba.example.com"}
    assert (policy.problems, policy.error) == ((), None)


def test_no_variable_of_a_user_leads_to_another_place(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for variable in ("XDG_CONFIG_DIRS", "XDG_CONFIG_HOME", "HOME", "NBA_DESKTOP_POLICY"):
        monkeypatch.setenv(variable, str(tmp_path))
    (tmp_path / "nba-desktop").mkdir()
    write(tmp_path / "nba-desktop" / "policy.json")
    assert machine_policy("linux").place in ("", str(LINUX_FILE))


# ---- who may have written it


def linked_file(file: Path) -> None:
    write(file.with_name("real.json"))
    file.symlink_to("real.json")


def linked_folder(file: Path) -> None:
    write(file)
    file.parent.rename(file.parents[1] / "real")
    file.parent.symlink_to("real")


def writable(*, folder: int = 0o755, policy: int = 0o644, top: int = 0o755) -> Callable[[Path], None]:
    def make(file: Path) -> None:
        write(file)
        file.chmod(policy)
        file.parent.chmod(folder)
        file.parents[1].chmod(top)

    return make


def emptied_by_others(file: Path) -> None:
    file.parent.chmod(0o777)


UNTRUSTED: dict[str, tuple[Callable[[Path], None], str, str]] = {
    "a link": (linked_file, "is a link", "put the file itself there"),
    "a linked folder": (linked_folder, "is a link", "put the file itself there"),
    "writable by its group": (writable(policy=0o664), "can be written by others", "chmod go-w"),
    "writable by anybody": (writable(policy=0o646), "can be written by others", "chmod go-w"),
    "in a folder that others can write": (writable(folder=0o775), "can be written by others", "chmod go-w"),
    "below a folder that others can write": (writable(top=0o757), "can be written by others", "chmod go-w"),
    "perhaps removed by others": (emptied_by_others, "can be written by others", "chmod go-w"),
    "a folder": (lambda file: file.mkdir(), "is not a file", "put the policy there as a file"),
    "a pipe": (os.mkfifo, "is not a file", "put the policy there as a file"),
}


@pytest.mark.parametrize("what", UNTRUSTED)
def test_a_policy_that_others_may_have_written_is_not_relied_on(file: Path, what: str) -> None:
    make, says, way_out = UNTRUSTED[what]
    before = os.umask(0o022)
    try:
        make(file)
    finally:
        os.umask(before)
    policy = read(file)
    assert policy.values == {}
    assert policy.error is not None
    assert policy.error.code is FailureCode.POLICY_INVALID
    (problem,) = policy.problems
    assert says in problem.says
    assert way_out in problem.way_out


def test_a_policy_of_another_owner_is_not_relied_on(file: Path) -> None:
    write(file)
    policy = policy_from_file(file, os.getuid() + 1, file.parents[1])
    assert policy.error is not None
    assert "chown root:root" in policy.error.way_out


def test_a_policy_that_cannot_be_read_is_said_with_the_way_out(file: Path) -> None:
    write(file)
    file.chmod(0o000)
    uid, policy = os.geteuid(), Policy()
    try:
        if uid == 0:
            # Root reads everything.
            os.seteuid(65534)
        policy = policy_from_file(file, uid, file.parents[1])
    finally:
        os.seteuid(uid)
    (problem,) = policy.problems
    assert problem.says == "cannot be read (Permission denied)"
    assert "chmod a+rX" in problem.way_out
    assert policy.error is not None


# ---- what of it can be relied on

MALFORMED: dict[str, tuple[str | bytes, str]] = {
    "nothing": ("", "Expecting value"),
    "no JSON": ("{theme: dark}", "Expecting property name"),
    "typographic quotes": ("{“theme”: “dark”}", "Expecting property name"),
    "options of a command": ("--backend https://pink-4711.example", "Expecting value"),
    "a list": ('[{"theme": "dark"}]', "is no object"),
    "a text": ('"pink-4711"', "is no object"),
    "null": ("null", "is no object"),
    "a comment": ('{"theme": "dark"} // pink-4711', "Extra data"),
    "UTF-16": (GOOD.encode("utf-16"), "not UTF-8"),
    "Latin-1": (b'{"hotkey": "\xfc"}', "not UTF-8"),
    "a key twice": ('{"theme": "dark", "theme": "light"}', "a key is there twice"),
    "two key twice, deeper": ('{"backend": {"url": null, "url": "https://pink-4711"}}', "a key is there twice"),
    "2 MB": (f'{{"hotkey": "{"x" * 2_000_000}"}}', "larger than 1 MiB"),
    "200,000 brackets": ("[" * 200_000, "nested too deeply"),
    "a number of 5,000 digits": ('{"text_size": ' + "1" * 5_000 + "}", "limit"),
}


@pytest.mark.parametrize("what", MALFORMED)
def test_a_malformed_policy_is_not_relied_on(file: Path, what: str) -> None:
    content, says = MALFORMED[what]
    write(file, content)
    policy = read(file)
    assert policy.values == {}
    assert policy.error is not None
    (problem,) = policy.problems
    assert problem.where.startswith(str(file))
    assert says in problem.says
    assert "pink-4711" not in str(policy.error)


# What is wrong, the place that is named, and whether nothing is connected for it.
WRONG: dict[str, tuple[dict[str, Any], str, bool]] = {
    "a misspelt setting": ({"bakend": {"url": "https://nba.example.com"}}, "bakend", True),
    "a misspelt setting below": ({"telephony": {"tls_chek_hostname": True}}, "telephony.tls_chek_hostname", True),
    "a dotted name": ({"backend.url": "https://nba.example.com"}, "backend.url", True),
    "a name that would draw on a terminal": ({"\x1b[31mred": 1}, "?[31mred", True),
    "a mode that is none": ({"backend": {"mode": "pink-4711"}}, "backend.mode", True),
    "an address that is a number": ({"backend": {"url": 4711}}, "backend.url", True),
    "an address that is not encrypted": ({"backend": {"url": "http://pink-4711.example.com"}}, "backend.url", True),
    "an address with a password": ({"backend": {"url": "https://a:pink-4711@nba.example.com"}}, "backend.url", True),
    "a port out of range": ({"telephony": {"port": 66000}}, "telephony.port", True),
    "a switch that is a text": ({"flight_recorder": {"enabled": "pink-4711"}}, "flight_recorder.enabled", True),
    "a part that is a text": ({"telephony": "pink-4711"}, "telephony", True),
    "a retention below zero": ({"outbox_retention_days": -1}, "outbox_retention_days", True),
    "half a character": ({"backend": {"url": "\ud800"}}, "backend.url", True),
    "a theme that is none": ({"theme": "pink-4711"}, "theme", False),
    "a language in capitals": ({"language": "DE"}, "language", False),
    "keys that are a list": ({"keys": ["Alt+N"]}, "keys", False),
    "a part without security": ({"telephony": {"number_format": "e164"}}, "telephony.number_format", False),
    "a size that is none": ({"text_size": 99}, "text_size", False),
}


@pytest.mark.parametrize("what", WRONG)
def test_what_is_wrong_is_left_out_and_the_rest_holds_but_for_security(what: str) -> None:
    values, place, closes = WRONG[what]
    policy = policy_from("policy", lambda: {"wrap_up_closes_after_s": 60, **values})
    assert policy.values == {"wrap_up_closes_after_s": 60}
    (problem,) = policy.problems
    assert problem.where == f"policy, {place}"
    assert problem.way_out
    assert "pink-4711" not in problem.says
    assert (policy.error is not None) == closes


NAMES = st.sampled_from(["backend", "mode", "theme", "keys", "x"])
VALUES = st.none() | st.booleans() | st.integers() | st.text(max_size=5)


@given(
    values=st.dictionaries(
        NAMES, st.recursive(VALUES, lambda inner: st.dictionaries(NAMES, inner, max_size=3), max_leaves=5), max_size=3
    )
)
def test_any_values_are_a_policy_that_says_what_is_wrong_with_it(values: dict[str, Any]) -> None:
    policy = policy_from("policy", lambda: values)
    assert (policy.error is None) or policy.problems
    assert set(policy.values) <= {"backend.mode", "theme", "keys"}


# ---- Windows and macOS


class FakeKey:
    """A key of a registry: the values first, then the keys below."""

    def __init__(self, values: dict[str, tuple[object, int]], **below: FakeKey) -> None:
        self._values, self._below = values, below

    def values(self) -> Iterable[tuple[str, object, int]]:
        return [(name, data, kind) for name, (data, kind) in self._values.items()]

    def below(self) -> Iterable[tuple[str, RegistryKey]]:
        return self._below.items()


def test_a_policy_of_the_registry_is_that_of_a_file() -> None:
    key = FakeKey(
        {"theme": ("dark", REG_SZ), "text_size": (125, REG_DWORD)},
        Backend=FakeKey({"Mode": ("site", REG_SZ), "url": ("https://nba.example.com", REG_SZ)}),
        telephony=FakeKey({"queues": (["a", "b"], REG_MULTI_SZ), "tls": (1, REG_DWORD)}, genesys=FakeKey({})),
        keys=FakeKey({"note": ("F8", REG_SZ)}),
    )
    policy = policy_from("HKLM", lambda: policy_values(key))
    assert policy.problems == ()
    assert policy.values == {
        "theme": "dark",
        "text_size": 125,
        "backend.mode": "site",
        "backend.url": "https://nba.example.com",
        "telephony.queues": ["a", "b"],
        "telephony.tls": 1,
        "keys": {"note": "F8"},
    }


@pytest.mark.parametrize(
    "data", [("%USERPROFILE%", 2), (b"\x01", 3), (None, 0), ("1", REG_DWORD), (["https://a"], REG_SZ)]
)
def test_a_value_of_the_registry_that_no_setting_can_be_is_named(data: tuple[object, int]) -> None:
    policy = policy_from("HKLM", lambda: policy_values(FakeKey({}, backend=FakeKey({"url": data}))))
    (problem,) = policy.problems
    assert problem.where == "HKLM, backend.url"
    assert policy.error is not None


def test_a_property_list_is_read_and_one_that_is_none_is_said(file: Path) -> None:
    owner, top = os.getuid(), file.parents[1]
    values = {"backend": {"mode": "site", "url": "https://nba.example.com"}, "text_size": 150}
    write(file, plistlib.dumps(values))
    policy = policy_from(str(file), lambda: plist_values(file, owner, top))
    assert policy.values["text_size"] == 150
    assert policy.error is None
    for broken in (b"<plist>", b"{}", plistlib.dumps({"theme": b"dark"})):
        write(file, broken)
        assert policy_from(str(file), lambda: plist_values(file, owner, top)).error is not None
