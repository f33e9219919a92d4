"""A release says what it is made of, or is none."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import replace
from importlib.metadata import Distribution
from pathlib import Path
from typing import Any

import pytest
import sqlcipher3
from notices import notices
from sbom import LOCKS, Release, written
from sbom_parts import Bundle, Facts, Locked, PartsError, distributions, facts, locked


def bill_of(release: Release) -> dict[str, Any]:
    return dict(json.loads(written(release, [])))


def panel() -> Release:
    lock = locked(LOCKS / "panel.txt")
    return Release("nba-desktop", lock, {one.name for one in lock} - {"pycparser"}, distributions(), facts())


def package(folder: Path, name: str, metadata: str = "", files: Iterable[str] = ()) -> dict[str, Distribution]:
    """An installed package with these metadata, and with these files beside its own."""
    info = folder / f"{name}-1.0.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text(f"Metadata-Version: 2.4\nName: {name}\nVersion: 1.0\n{metadata}", encoding="utf-8")
    (info / "LICENSE").write_text(f"Do with {name} what you like.\n", encoding="utf-8")
    own = [f"{info.name}/METADATA", *files]
    (info / "RECORD").write_text("".join(f"{file},,\n" for file in own), encoding="utf-8")
    return distributions(folder)


def bundle_of(
    folder: Path, installed: dict[str, Distribution], modules: Iterable[str] = (), libraries: Iterable[str] = ()
) -> Bundle:
    inside = folder / "_internal"
    inside.mkdir(parents=True)
    (inside / "notes.txt").write_text("no library\n", encoding="utf-8")
    for name in libraries:
        (inside / name).parent.mkdir(parents=True, exist_ok=True)
        (inside / name).write_bytes(b"\x7fELF and so on")
    return Bundle(folder, installed, lambda _: modules)


def test_the_panels_bill_has_every_package_of_its_lock_and_none_of_the_backends() -> None:
    bill = bill_of(panel())
    named = {one["name"] for one in bill["components"]}
    assert named == {one.name for one in locked(LOCKS / "panel.txt")}
    assert not named & {"fastapi", "sqlalchemy", "psycopg", "numpy", "uvicorn"}
    assert [one["name"] for one in bill["components"] if not one["licenses"] or not one["hashes"]] == []
    scope = {one["name"]: one["scope"] for one in bill["components"]}
    assert (scope["requests"], scope["pycparser"]) == ("required", "excluded")
    needs = {one["ref"]: one.get("dependsOn", []) for one in bill["dependencies"]}
    assert any(
        other.startswith("urllib3==") for ref, others in needs.items() if "requests==" in ref for other in others
    )
    assert any(other.startswith("keyring==") for other in needs["nba-desktop"])


def test_the_same_release_gives_the_same_bill(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1767225600")
    few = replace(panel(), locked=locked(LOCKS / "panel.txt")[:3])
    first = written(few, [])
    assert written(few, []) == first
    other = written(replace(few, locked=few.locked[:2]), [])
    assert json.loads(other)["serialNumber"] != json.loads(first)["serialNumber"]


@pytest.mark.parametrize(
    ("metadata", "licence"),
    [
        ("License-Expression: MIT OR Apache-2.0\n", "MIT OR Apache-2.0"),
        ("License: BSD-3-Clause\n", "BSD-3-Clause"),
        ("License: Apache 2\nClassifier: License :: OSI Approved :: Apache Software License\n", "Apache-2.0"),
        ("License: do what you like\n", None),
        ("", None),
    ],
)
def test_a_licence_is_an_expression_or_an_error_that_names_the_package(
    tmp_path: Path, metadata: str, licence: str | None
) -> None:
    installed = package(tmp_path, "thing", metadata)["thing"]
    if licence is not None:
        assert facts().licence_of("thing", installed) == licence
    else:
        with pytest.raises(PartsError, match=r"licence of thing is not known: name it in packaging/sbom\.toml"):
            facts().licence_of("thing", installed)


def test_a_licence_can_be_named_by_hand(tmp_path: Path) -> None:
    table = {**facts().table, "licences": {"thing": "Zlib"}}
    assert Facts(table).licence_of("thing", None) == "Zlib"


def test_what_a_wheel_says_is_inside_it_is_below_it(tmp_path: Path) -> None:
    installed = package(tmp_path, "thing", "License-Expression: MIT\n")
    inside = {"name": "openssl", "version": "4.0.3", "purl": "pkg:generic/openssl@4.0.3?download_url=file:///tmp/x"}
    (tmp_path / "thing-1.0.dist-info" / "sboms").mkdir()
    bill = {"bomFormat": "CycloneDX", "components": [inside]}
    (tmp_path / "thing-1.0.dist-info" / "sboms" / "own.json").write_text(json.dumps(bill), encoding="utf-8")
    (tmp_path / "thing.libs").mkdir()
    (tmp_path / "thing.libs" / "libz-1.so").write_bytes(b"zlib")
    entry = Locked("thing", "1.0", ("0" * 64,), ("nba-desktop",), wanted_here=True)
    (component,) = bill_of(Release("nba-desktop", (entry,), {"thing"}, installed, facts()))["components"]
    assert {one["name"]: one.get("purl") for one in component["components"]} == {
        "openssl": "pkg:generic/openssl@4.0.3",
        "thing.libs/libz-1.so": None,
    }


def test_a_library_that_nobody_knows_is_an_error_that_names_it(tmp_path: Path) -> None:
    installed = package(tmp_path / "site", "thing", files=["thing/fast.so"])
    bundle = bundle_of(tmp_path / "bundle", installed, libraries=["libmystery.so", "thing/fast.so"])
    assert bundle.binaries == ("libmystery.so", "thing/fast.so")
    assert bundle.packages() == {"thing"}
    with pytest.raises(PartsError, match=r"not known in packaging/sbom\.toml, under \[\[native\]\]: libmystery\.so$"):
        bundle.natives(facts())


@pytest.mark.parametrize(
    ("file", "library"),
    [
        ("PySide6/Qt/lib/libQt6Core.so.6", "Qt"),
        ("PySide6/Qt/lib/libicuuc.so.73", "ICU"),
        ("PySide6/Qt/plugins/platforms/libqxcb.so", "Qt"),
        ("PySide6/Qt6Core.dll", "Qt"),
        ("PySide6/plugins/platforms/qwindows.dll", "Qt"),
        ("PySide6/QtCore.pyd", None),
        ("PySide6/MSVCP140.dll", "Microsoft Visual C++ runtime"),
        ("VCRUNTIME140_1.dll", "Microsoft Visual C++ runtime"),
        ("_ssl.pyd", "CPython"),
        ("pydantic_core/_pydantic_core.cp311-win_amd64.pyd", None),
        ("python3.11/lib-dynload/_ssl.cpython-311-x86_64-linux-gnu.so", "CPython"),
        ("libcrypto-3.dll", "OpenSSL"),
        ("libcrypto.so.3", "OpenSSL"),
    ],
)
def test_a_library_is_known_by_its_place_on_every_system(file: str, library: str | None) -> None:
    entry = facts().native_of(file)
    assert (entry and entry["name"]) == library


def test_the_notices_have_the_texts_of_what_is_in_the_bundle_and_of_nothing_else(tmp_path: Path) -> None:
    site = tmp_path / "site"
    for name in ("inside", "outside"):
        package(site, name, "License-Expression: MIT\n", [f"{name}/__init__.py", f"{name}-1.0.dist-info/LICENSE"])
    bundle = bundle_of(tmp_path / "bundle", distributions(site), ["inside"], ["libicuuc.so.73"])
    text = notices(bundle, facts())
    assert "inside 1.0: MIT" in text
    assert "Do with inside what you like." in text
    assert "outside" not in text
    assert "ICU 73: Unicode-DFS-2016" in text
    assert "You may exchange these libraries for your own builds" in text
    assert "SIL OPEN FONT LICENSE" in text


def test_a_package_without_a_licence_text_is_an_error_that_names_it(tmp_path: Path) -> None:
    installed = package(tmp_path / "site", "thing", "License-Expression: MIT\n", ["thing.py"])
    bundle = bundle_of(tmp_path / "bundle", installed, ["thing"])
    with pytest.raises(PartsError, match="thing brings no licence text"):
        notices(bundle, facts())


def test_what_is_compiled_into_a_package_is_named_by_hand_where_its_wheel_does_not(tmp_path: Path) -> None:
    cipher = sqlcipher3.connect(":memory:")
    (version,) = cipher.execute("PRAGMA cipher_version").fetchone()
    cipher.execute("PRAGMA key = 'any'")
    (openssl,) = cipher.execute("PRAGMA cipher_provider_version").fetchone()
    cipher.close()
    inside = {"SQLCipher": version.split()[0], "SQLite": sqlcipher3.sqlite_version, "OpenSSL": openssl.split()[1]}
    (bill,) = (one for one in bill_of(panel())["components"] if one["name"] == "sqlcipher3")
    assert {one["name"]: one["version"] for one in bill["components"]} == inside
    bundle = bundle_of(tmp_path, distributions(), ["sqlcipher3.dbapi2"])
    text = notices(bundle, facts())
    assert all(f"{name} {version} (in sqlcipher3)" in text for name, version in inside.items())
    assert "ZETETIC LLC" in text
