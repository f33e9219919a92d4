# Read by deb.sh and backend_deb.sh with `.`: what every package has. Works on the tree `$root` for the package `$package`
# in `$version`, whose own files are in packaging/debian/$package.

own=packaging/debian/$package

# The text of a file of the package with its placeholders filled: filled FILE [sed commands…].
filled() {
  file=$1
  shift
  sed -e "s/@VERSION@/$version/" -e "s/@DATE@/$(date -u -d "@$SOURCE_DATE_EPOCH" +%Y-%m-%d)/" "$@" "$file"
}

# Without name and time, so that the same text is the same file.
compressed() { gzip -9n; }

stage_documents() {
  documents=$root/usr/share/doc/$package
  mkdir -p "$documents" "$root/usr/share/man/man1" "$root/usr/share/lintian/overrides"
  sed "1s/^[a-z-]*/$package/" packaging/debian/changelog | compressed >"$documents/changelog.Debian.gz"
  compressed <CHANGELOG.md >"$documents/changelog.gz"
  cp "$own/copyright" "$documents/copyright"
  compressed <"$own/README.Debian" >"$documents/README.Debian.gz"
  filled "$own/$package.1" | compressed >"$root/usr/share/man/man1/$package.1.gz"
  [ ! -f "$own/lintian-overrides" ] || cp "$own/lintian-overrides" "$root/usr/share/lintian/overrides/$package"
}

# The tree becomes a package: finish DEB [sed commands for the control file…]. DEB_FLAGS packs it otherwise, for a try.
finish() {
  deb=$1
  shift
  mkdir -p "$root/DEBIAN"
  for script in preinst postinst prerm postrm; do
    [ ! -f "$own/$script" ] || install -m 755 "$own/$script" "$root/DEBIAN/$script"
  done
  (cd "$root" && find etc -type f 2>/dev/null | sort | sed 's|^|/|') >"$root/DEBIAN/conffiles"
  [ -s "$root/DEBIAN/conffiles" ] || rm "$root/DEBIAN/conffiles"
  (cd "$root" && find usr -type f -print0 | sort -z | xargs -0 md5sum) >"$root/DEBIAN/md5sums"
  # As dpkg-gencontrol counts: files in whole KiB, one for each folder and link.
  kilobytes=$(find "$root" -path "$root/DEBIAN" -prune -o -type f -printf '%s\n' -o -printf '1\n' |
    awk '{ sum += $1 == 1 ? 1 : int(($1 + 1023) / 1024) } END { print sum }')
  filled "$own/control" -e "s/@INSTALLED_KB@/$kilobytes/" "$@" >"$root/DEBIAN/control"
  find "$root" -print0 | xargs -0 touch --no-dereference --date="@$SOURCE_DATE_EPOCH"
  mkdir -p "$(dirname "$deb")"
  dpkg-deb --root-owner-group ${DEB_FLAGS:--Zxz -z9} --threads-max=1 --build "$root" "$deb" >/dev/null
  echo "$deb: $(($(stat -c %s "$deb") / 1000)) kB, $kilobytes KiB installed"
}
