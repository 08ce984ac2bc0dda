#!/usr/bin/env bash
# Make a virtual environment with the locked packages: setup.sh PYTHON VENV
set -euo pipefail
python=$1
venv=$2

say() { printf '%s\n' "$*" >&2; }

if ! command -v "$python" >/dev/null || ! "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then
  say "Cần Python 3.11 trở lên / Python 3.11 or newer is needed: apt-get install python3 python3-venv"
  exit 1
fi
if ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    apt-get update -qq && apt-get install -y -qq python3-venv >/dev/null
  else
    say "Thiếu venv / venv is missing: sudo apt-get install python3-venv"
    exit 1
  fi
fi
# Tesseract's Vietnamese data, for scans: by name where root allows it, else what is missing is said and scans wait
tessdata=${VNDIRECTIVE_TESSDATA:-/usr/share/tesseract-ocr/5/tessdata}
if [ ! -f "$tessdata/vie.traineddata" ] && [ ! -f /usr/share/tesseract-ocr/4.00/tessdata/vie.traineddata ]; then
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    apt-get update -qq && apt-get install -y -qq tesseract-ocr-vie >/dev/null ||
      say "Không cài được tesseract-ocr-vie; bản chụp sẽ không đọc được / scans cannot be read"
  else
    say "Để đọc bản chụp / to read scans: sudo apt-get install tesseract-ocr-vie"
  fi
fi
# LibreOffice, for old Word files, RTF and ODT; without it they are read plainly. VNDIRECTIVE_SOFFICE="" says that none is wanted
if [ -z "${VNDIRECTIVE_SOFFICE+set}" ] && ! command -v soffice >/dev/null && ! command -v libreoffice >/dev/null; then
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    apt-get update -qq
    writer=libreoffice-writer-nogui
    apt-cache show "$writer" >/dev/null 2>&1 || writer=libreoffice-writer
    apt-get install -y -qq --no-install-recommends "$writer" >/dev/null ||
      say "Không cài được $writer; tệp Word cũ, RTF, ODT chỉ được đọc thô / old Word files, RTF, ODT are read plainly"
  else
    say "Để đọc đầy đủ tệp .doc, .rtf, .odt / to read .doc, .rtf, .odt in full: sudo apt-get install libreoffice-writer-nogui"
  fi
fi
[ -x "$venv/bin/python" ] || "$python" -m venv "$venv"
"$venv/bin/python" -m pip install --quiet --disable-pip-version-check -r requirements.lock
"$venv/bin/python" -m pip install --quiet --disable-pip-version-check --no-deps -e .
