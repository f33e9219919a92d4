#!/bin/sh
# Builds the panel's bundle into dist/nba-desktop, the same bytes from the same sources, and proves that it works. Beside
# it lie its bill of materials and the licences. With another folder than dist the bundle is built there and not proved:
# two builds are compared so.
set -eu
cd "$(dirname "$0")/.."
. packaging/lib.sh

into=${1:-dist}
tools_or_stop bundle objdump:binutils objcopy:binutils strip:binutils ldd:libc-bin chrpath:chrpath
# Debian's Python is not linked to its library, but a bundle is.
# shellcheck disable=SC2046  # no word where the library is there
packages_or_stop bundle $(.venv/bin/python -c '
import sysconfig
from pathlib import Path

library = Path(sysconfig.get_config_var("LIBDIR"), sysconfig.get_config_var("INSTSONAME"))
print("" if library.exists() else library.name.split(".so")[0])')
reproducible

work=build/pyinstaller
[ "$into" = dist ] || work=build/pyinstaller-again
.venv/bin/pyinstaller --noconfirm --clean --log-level ERROR --distpath "$into" --workpath "$work" \
  packaging/pyinstaller/nba-desktop.spec

# A Python that was built on this machine looks for libraries where it was built: on another machine, that is anybody's.
find "$into/nba-desktop" -type f -name '*.so*' | while read -r library; do
  case $(chrpath --list "$library" 2>/dev/null) in
    *PATH=/*) chrpath --delete "$library" >/dev/null ;;
  esac
done

# What it is made of, and under which licences, for programs and for people: beside the bundle and in it.
.venv/bin/python packaging/sbom.py panel "$into/nba-desktop" --out "$into/sbom.cdx.json"
.venv/bin/python packaging/notices.py "$into/nba-desktop" --out "$into/THIRD-PARTY-NOTICES.txt"
cp "$into/sbom.cdx.json" "$into/THIRD-PARTY-NOTICES.txt" "$into/nba-desktop"

[ "$into" != dist ] || .venv/bin/python packaging/smoke_bundle.py dist/nba-desktop
