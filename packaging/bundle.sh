#!/bin/sh
# Builds the panel's bundle into dist/nba-desktop, the same bytes from the same sources, and proves that it works.
# With a folder, the bundle is built there and not proved: two builds are compared so.
set -eu
cd "$(dirname "$0")/.."
. packaging/lib.sh

into=${1:-}
tools_or_stop bundle objdump:binutils objcopy:binutils strip:binutils ldd:libc-bin chrpath:chrpath
reproducible

.venv/bin/pyinstaller --noconfirm --clean --log-level ERROR --distpath "${into:-dist}" \
  --workpath "build/pyinstaller${into:+-again}" packaging/pyinstaller/nba-desktop.spec

# A Python that was built on this machine looks for libraries where it was built: on another machine, that is anybody's.
find "${into:-dist}/nba-desktop" -type f -name '*.so*' -exec chrpath --list {} + 2>/dev/null |
  sed -n 's/^\(.*\): R\(UN\)\{0,1\}PATH=\/.*/\1/p' | while read -r library; do chrpath --delete "$library" >/dev/null; done

[ -n "$into" ] || .venv/bin/python packaging/smoke_bundle.py dist/nba-desktop
