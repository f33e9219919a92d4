"""`nba-desktop settings`: what is in force, and why."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from nba_desktop.adapters.policy import Policy, policy_of
from nba_desktop.doctor.settings_command import run
from tests.fakes.site_keys import SITE_KEY

POLICY = policy_of({"backend": {"mode": "site", "url": "https://nba.example.com"}, "text_size": 150}, "policy.json")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    (tmp_path / "settings.json").write_text('{"theme": "dark", "text_size": 200}')
    (tmp_path / "preferences.json").write_text('{"language": "en", "text_size": 125}')
    return tmp_path / "settings.json"


def test_each_setting_is_a_line_with_its_source(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--settings", str(file)], POLICY) == 0
    lines = [line.split(maxsplit=2) for line in capsys.readouterr().out.splitlines()]
    assert ["policy", "backend.url", '"https://nba.example.com"'] in lines
    assert ["policy", "text_size", "150"] in lines
    assert ["chosen", "language", '"en"'] in lines
    assert ["file", "theme", '"dark"'] in lines
    assert ["default", "telephony.port", "5038"] in lines


def test_whoever_reads_the_first_line_only_ends_it_quietly(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    reads, writes = os.pipe()
    os.close(reads)
    with os.fdopen(writes, "w", encoding="utf-8") as gone:
        monkeypatch.setattr("sys.stdout", gone)
        assert run(["--settings", str(file)], POLICY) == 0
        # Nor does what is left complain when the interpreter ends.
        gone.flush()


def test_as_json_it_says_what_is_locked_and_what_is_wrong(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (file.parent / "preferences.json").write_text("{bad")
    policy = policy_of({"theme": "pink", "language": "de"}, "policy.json")
    assert run(["--settings", str(file), "--json"], policy) == 1
    said = json.loads(capsys.readouterr().out)
    assert not said["ok"]
    assert said["settings"]["language"] == {"value": "de", "source": "policy", "where": "policy.json", "locked": True}
    assert [one["where"] for one in said["problems"]] == ["policy.json, theme", str(file.parent / "preferences.json")]
    # Whoever looks changes nothing.
    assert (file.parent / "preferences.json").read_text() == "{bad"


def test_of_a_policy_that_cannot_be_relied_on_the_first_line_says_what_follows(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    policy = policy_of({"backend": {"mode": "site", "url": "http://nba.example.com"}}, "policy.json")
    assert run(["--settings", str(file)], policy) == 1
    said = capsys.readouterr().out
    assert said.startswith("policy: policy.json cannot be relied on: the panel connects to nothing\n")
    assert "policy   flight_recorder.enabled" not in said
    closed = [line.split(maxsplit=3) for line in said.splitlines() if line.startswith("closed")]
    by = "(by the policy that cannot be relied on)"
    assert closed == [
        ["closed", "outbox_encryption", '"required"', by],
        ["closed", "flight_recorder.enabled", "false", by],
    ]
    problem = "policy.json, backend.url: must begin with https:// unless the backend is on this machine"
    assert said.endswith(f"PROBLEM  {problem} → correct the policy\n")


def test_a_broken_file_is_a_problem_with_a_way_out(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file.write_text('{"theme": "pink"}')
    assert run(["--settings", str(file)], Policy()) == 1
    said = capsys.readouterr().out
    assert "policy: this machine has none" in said
    assert f"PROBLEM  {file}, theme: Input should be 'system'" in said
    assert "→ correct it, or move the file away" in said


@pytest.mark.parametrize("by_policy", [False, True])
def test_a_private_key_is_refused_and_shown_nowhere(
    file: Path, capsys: pytest.CaptureFixture[str], by_policy: bool
) -> None:
    private = SITE_KEY.as_dict(private=True)
    values = {"site_public_key": json.dumps(private)}
    if not by_policy:
        file.write_text(json.dumps(values))
    for form in ([], ["--json"]):
        assert run(["--settings", str(file), *form], policy_of(values if by_policy else {}, "policy.json")) == 1
        said = "".join(capsys.readouterr())
        assert "the private key, which belongs to the site alone" in said
        assert str(private["d"]) not in said


def has_mounts_of_its_own() -> bool:
    unshare = shutil.which("unshare")
    return unshare is not None and subprocess.run([unshare, "--mount", "true"], check=False).returncode == 0


@pytest.mark.skipif(not has_mounts_of_its_own(), reason="only who may mount can show a program another /etc")
def test_the_program_reads_the_policy_of_the_machine_whatever_its_user_sets(tmp_path: Path) -> None:
    folder = tmp_path / "nba-desktop"
    folder.mkdir(mode=0o755)
    (folder / "policy.json").write_text('{"language": "de", "telephony": {"tls": "pink-4711"}}')
    (folder / "policy.json").chmod(0o644)
    command = f'mkdir -p /etc/xdg && mount --bind "{tmp_path}" /etc/xdg && exec "$@"'
    program = [sys.executable, "-m", "nba_desktop", "settings", "--json"]
    tmp_path.chmod(0o755)
    run = subprocess.run(
        ["unshare", "--mount", "sh", "-c", command, "sh", *program],
        env={**os.environ, "XDG_CONFIG_DIRS": str(tmp_path / "none")},
        capture_output=True,
        text=True,
        timeout=50,
        check=False,
    )
    assert run.returncode == 1, run.stderr
    said = json.loads(run.stdout)
    assert said["policy"] == "/etc/xdg/nba-desktop/policy.json"
    assert said["settings"]["language"]["locked"]
    assert [one["where"] for one in said["problems"]] == ["/etc/xdg/nba-desktop/policy.json, telephony.tls"]
