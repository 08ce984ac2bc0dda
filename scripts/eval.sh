#!/usr/bin/env bash
# Score the shared notices: eval.sh BIN SHARED
set -euo pipefail
bin=$1
shared=$2
[ -d "$shared/gold" ] || { echo "../shared is absent: nothing to score"; exit 0; }
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT
for folder in seed rendered/docx rendered/pdf real/typed; do
  "$bin/vndirective" extract "$shared/notices/$folder" -o "$out/$folder" --quiet || true
  echo "== $folder"
  python3 "$shared/score/score.py" "$shared/gold" "$out/$folder" --sources "$shared/notices/$folder"
done
