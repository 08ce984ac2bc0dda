#!/usr/bin/env bash
# What make bench-rivals compares with, in an environment of its own: setup_rivals.sh PYTHON FOLDER
# A tool that cannot be installed is named in the table as such; nothing of it is a dependency of the project.
set -uo pipefail
python=$1
folder=$2
"$python" -m venv "$folder" || exit 1
while read -r requirement; do
    [ -z "$requirement" ] && continue
    "$folder/bin/pip" install --quiet --disable-pip-version-check "$requirement" || echo "not installable: $requirement"
done < "$(dirname "$0")/rivals.txt"
touch "$folder/.ready"
