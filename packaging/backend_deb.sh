#!/bin/sh
# Builds the backend's package dist/nba-desktop-backend_VERSION_amd64.deb: the locked packages beside Debian's own Python,
# whose updates – and those of OpenSSL and SQLite – stay Debian's business. DIST names another folder.
set -eu
cd "$(dirname "$0")/.."
. packaging/lib.sh

dist=${DIST:-dist}
package=nba-desktop-backend
version=$(debian_version)
. packaging/debian/lib.sh

# Debian 12's. Another one takes its number here, in the package's control file, scripts and first line.
PYTHON=3.11

tools_or_stop backend_deb dpkg-deb:dpkg xz:xz-utils gzip:gzip strip:binutils
reproducible

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
root=$work/root
home=$root/usr/lib/nba-desktop-backend

.venv/bin/python packaging/debian/requirements.py packaging/locks/backend.txt "$PYTHON" >"$work/requirements.txt"
# Wheels for Debian 12's C library and older ones.
platforms=$(seq -f '--platform=manylinux_2_%g_x86_64' 5 36)
# shellcheck disable=SC2086  # one word per platform
.venv/bin/python -m pip --quiet --quiet --disable-pip-version-check install --root-user-action=ignore --no-compile --no-deps \
  --require-hashes --only-binary=:all: --implementation=cp --python-version="$PYTHON" $platforms \
  --target "$home/packages" --requirement "$work/requirements.txt"

mkdir -p "$dist"
.venv/bin/python packaging/sbom.py backend "$home/packages" --out "$dist/sbom-backend.cdx.json"

# Programs of the packages name this machine's Python, and the lists of files name the programs: dpkg has its own list.
rm -rf "$home/packages/bin" "$home/packages/share"
find "$home/packages" \( -path '*.dist-info/RECORD' -o -path '*.dist-info/INSTALLER' -o -path '*.dist-info/REQUESTED' \) -delete
find "$home/packages" -type d \( -name tests -o -name __pycache__ \) -prune -exec rm -r {} +

# The libraries in *.libs were moved there by patchelf, which strip may break; they stay as their authors tested them.
find "$home/packages" -name '*.libs' -prune -o -name '*.so' -print0 | xargs -0 strip --strip-unneeded

mkdir -p "$home/packages/nba_desktop" "$home/resources/telephony"
cp nba_desktop/__init__.py "$home/packages/nba_desktop"
for part in backend contract; do
  (cd nba_desktop && find "$part" -name __pycache__ -prune -o -type f -print0 | xargs -0 cp --parents -t "$home/packages/nba_desktop")
done
cp -r resources/fonts resources/sample resources/telecom "$home/resources"
cp resources/telephony/day_profile.csv "$home/resources/telephony"
find "$home" -type d -exec chmod 755 {} + -o -type f -exec chmod 644 {} +

install -D -m 755 "$own/nba-desktop-backend" "$root/usr/bin/nba-desktop-backend"
install -D -m 644 -t "$root/usr/lib/systemd/system" "$own"/*.service "$own"/*.timer
install -D -m 640 "$own/backend.env" "$root/etc/nba-desktop-backend/backend.env"
install -d -m 700 "$root/etc/nba-desktop-backend/credentials"
stage_documents
compressed <"$dist/sbom-backend.cdx.json" >"$documents/sbom.cdx.json.gz"

finish "$dist/${package}_${version}_amd64.deb"
