#!/bin/sh
# Builds the panel's package dist/nba-desktop_VERSION_amd64.deb from the bundle; without a bundle it builds that first.
# BUNDLE and DIST name other folders: two builds are compared so.
set -eu
cd "$(dirname "$0")/.."
. packaging/lib.sh

bundle=${BUNDLE:-dist/nba-desktop}
dist=${DIST:-dist}
package=nba-desktop
version=$(debian_version)
. packaging/debian/lib.sh

tools_or_stop deb dpkg-deb:dpkg xz:xz-utils gzip:gzip objdump:binutils
reproducible
[ -x "$bundle/nba-desktop" ] || sh packaging/bundle.sh

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
root=$work/root
home=$root/usr/lib/nba-desktop

mkdir -p "$home" "$root/usr/bin" "$root/usr/share/applications" "$root/etc/xdg/nba-desktop"
cp -a "$bundle/." "$home"
# Programs keep their right to run; a library has no use for it.
find "$home" -type d -exec chmod 755 {} + -o -type f -name nba-desktop -exec chmod 755 {} + -o -type f -exec chmod 644 {} +
# The copyright file stands for the one, the documents have the others.
rm -f "$home/_internal/LICENSE" "$home/sbom.cdx.json" "$home/THIRD-PARTY-NOTICES.txt"
ln -s ../lib/nba-desktop/nba-desktop "$root/usr/bin/nba-desktop"

cp packaging/linux/*.desktop "$root/usr/share/applications"
.venv/bin/python packaging/linux_icons.py resources/icons/nba-desktop.svg "$root/usr/share/icons/hicolor"
install -D -m 644 "$own/nba-desktop.service" "$root/usr/lib/systemd/user/nba-desktop.service"
install -D -m 644 "$own/user-preset" "$root/usr/lib/systemd/user-preset/90-nba-desktop.preset"

stage_documents
install -D -m 644 "$own/examples-policy.json" "$documents/examples/policy.json"
for notice in THIRD-PARTY-NOTICES.txt sbom.cdx.json; do
  compressed <"$bundle/$notice" >"$documents/${notice%.txt}.gz"
done

depends=$(.venv/bin/python packaging/debian/depends.py "$home")
finish "$dist/${package}_${version}_amd64.deb" -e "s/@DEPENDS@/$depends/"
