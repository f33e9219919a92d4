"""The sources of the Windows installer: the same bundle gives the same list of files, and they fit the program."""

from __future__ import annotations

import re
import struct
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from harvest import HarvestError, files_of, harvest, product_code, project_version
from icon import SIZES, icon_of

from nba_desktop.adapters.policy_registry import REGISTRY_KEY
from nba_desktop.adapters.settings_keys import setting_keys

WINDOWS = Path(__file__).parents[2] / "packaging" / "windows"
WIX = "{http://schemas.microsoft.com/wix/2006/wi}"


@pytest.fixture
def bundle(tmp_path: Path) -> Path:
    folder = tmp_path / "bundle"
    for name in ("nba-desktop.exe", "_internal/LICENSE", "_internal/PySide6/Qt6Core.dll"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(b"x")
    return folder


def payload(folder: Path) -> dict[str, str]:
    """The GUIDs of the components by the files they install."""
    root = ET.parse(folder / "payload.wxs").getroot()
    guids = {}
    for component in root.iter(f"{WIX}Component"):
        (file,) = component
        guids[file.attrib["Source"]] = component.attrib["Guid"]
    named = {one.attrib["Id"] for one in root.iter(f"{WIX}ComponentRef")}
    assert named == {one.attrib["Id"] for one in root.iter(f"{WIX}Component")}
    return guids


def test_the_same_bundle_gives_the_same_bytes(bundle: Path, tmp_path: Path) -> None:
    for out in ("first", "second"):
        harvest(bundle, tmp_path / "icon.ico", tmp_path / out, "1.2.3")
    for name in ("payload.wxs", "product.wxi"):
        assert (tmp_path / "first" / name).read_bytes() == (tmp_path / "second" / name).read_bytes()


def test_a_file_keeps_its_component_from_version_to_version(bundle: Path, tmp_path: Path) -> None:
    harvest(bundle, tmp_path / "icon.ico", tmp_path / "old", "1.2.3")
    (bundle / "_internal" / "PySide6" / "Qt6Core.dll").rename(bundle / "_internal" / "Qt6Core.dll")
    harvest(bundle, tmp_path / "icon.ico", tmp_path / "new", "1.3.0")
    old, new = payload(tmp_path / "old"), payload(tmp_path / "new")
    assert old.keys() == {"../bundle/_internal/LICENSE", "../bundle/_internal/PySide6/Qt6Core.dll"}
    assert old["../bundle/_internal/LICENSE"] == new["../bundle/_internal/LICENSE"]
    assert len({*old.values(), *new.values()}) == 3
    assert product_code("1.2.3") != product_code("1.3.0")


@pytest.mark.parametrize("version", ["1.2", "1.2.3rc1", "256.0.0", "1.2.65536", "1.2.3.4"])
def test_a_version_that_windows_cannot_compare_is_refused(bundle: Path, tmp_path: Path, version: str) -> None:
    with pytest.raises(HarvestError, match=re.escape(version)):
        harvest(bundle, tmp_path / "icon.ico", tmp_path / "out", version)


def test_the_projects_version_is_one_that_windows_can_compare(bundle: Path, tmp_path: Path) -> None:
    harvest(bundle, tmp_path / "icon.ico", tmp_path / "out", project_version())


def test_what_windows_cannot_hold_is_refused(bundle: Path) -> None:
    (bundle / "_internal" / "licence").touch()
    (bundle / "_internal" / "Licence").touch()
    with pytest.raises(HarvestError, match="are one file on Windows"):
        files_of(bundle)
    (bundle / "_internal" / "Licence").unlink()
    (bundle / "_internal" / "linked").symlink_to("LICENSE")
    with pytest.raises(HarvestError, match=r"links cannot be installed: .*linked"):
        files_of(bundle)
    (bundle / "nba-desktop.exe").unlink()
    with pytest.raises(HarvestError, match=r"has no nba-desktop\.exe"):
        files_of(bundle)


def test_everything_the_product_refers_to_is_there_and_no_guid_is_there_twice() -> None:
    roots = [ET.parse(WINDOWS / name).getroot() for name in ("nba-desktop.wxs", "url-scheme.wxs")]
    components = {one.attrib["Id"]: one.attrib["Guid"] for root in roots for one in root.iter(f"{WIX}Component")}
    assert len(set(components.values())) == len(components)
    referred = {one.attrib["Id"] for root in roots for one in root.iter(f"{WIX}ComponentRef")}
    assert referred == components.keys()
    groups = {one.attrib["Id"] for one in roots[0].iter(f"{WIX}ComponentGroupRef")}
    assert groups == {"UrlScheme", "Payload"}


def test_the_server_is_written_where_the_policy_is_read() -> None:
    root = ET.parse(WINDOWS / "nba-desktop.wxs").getroot()
    written = [one.attrib for one in root.iter(f"{WIX}RegistryValue") if "Policies" in one.attrib["Key"]]
    keys = {
        f"{one['Key'].removeprefix(REGISTRY_KEY).strip(chr(92)).replace(chr(92), '.')}.{one['Name']}": one["Value"]
        for one in written
    }
    assert keys == {"backend.mode": "site", "backend.url": "[SERVERURL]"}
    assert keys.keys() <= set(setting_keys())


def test_an_icon_file_has_its_pictures_where_its_directory_says() -> None:
    pictures = [bytes([size % 256]) * (size + 1) for size in SIZES]
    icon = icon_of(pictures)
    assert struct.unpack_from("<HHH", icon) == (0, 1, len(SIZES))
    for index, picture in enumerate(pictures):
        *_, length, place = struct.unpack_from("<BBBBHHII", icon, 6 + 16 * index)
        assert icon[place : place + length] == picture
