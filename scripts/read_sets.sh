#!/usr/bin/env bash
# Read every set of notices that has gold: read_sets.sh BIN SHARED OUT; records go below OUT/NAME
set -euo pipefail
bin=$1
shared=$2
out=$3
"$bin/python" scripts/gold_sets.py "$shared" | while IFS=$'\t' read -r name folder; do
  workers=0
  case "$name" in */scan) workers=1 ;; esac # recognition keeps a core busy by itself
  # a file that cannot be read is a result too: it counts as missed
  "$bin/vndirective" extract "$folder" -o "$out/$name" --quiet --jobs "$workers" --lang en </dev/null || true
done
