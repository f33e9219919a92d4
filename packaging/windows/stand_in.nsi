; What the test of the installer puts in the place of the panel: it adds its version and its command line to the file
; that NBA_STAND_IN names, and ends.
Unicode true
Target amd64-unicode
Name "NBA Desktop stand-in"
OutFile "${OUT}"
SilentInstall silent
RequestExecutionLevel user

Section
  ReadEnvStr $0 "NBA_STAND_IN"
  FileOpen $1 "$0" a
  FileSeek $1 0 END
  FileWriteUTF16LE $1 "${VERSION} $CMDLINE$\n"
  FileClose $1
SectionEnd
