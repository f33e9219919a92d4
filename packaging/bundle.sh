#!/bin/sh
# Builds the panel's bundle into dist/nba-desktop, the same bytes from the same sources, and proves that it works.
set -eu
cd "$(dirname "$0")/.."

for tool in objdump objcopy ldd strip; do
  command -v "$tool" >/dev/null && continue
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    DEBIAN_FRONTEND=noninteractive apt-get -q -y install --no-install-recommends binutils libc-bin >/dev/null
  else
    echo "bundle: $tool is missing; install it, then run the same command again: sudo apt-get install binutils" >&2
    exit 1
  fi
done

SOURCE_DATE_EPOCH=$(git log -1 --format=%ct 2>/dev/null || echo 1767225600)
export SOURCE_DATE_EPOCH PYTHONHASHSEED=1 LC_ALL=C.UTF-8 TZ=UTC

.venv/bin/pyinstaller --noconfirm --clean --log-level ERROR --distpath dist --workpath build/pyinstaller \
  packaging/pyinstaller/nba-desktop.spec
.venv/bin/python packaging/smoke_bundle.py dist/nba-desktop
