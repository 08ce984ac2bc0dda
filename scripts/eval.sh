#!/usr/bin/env bash
# Read and score the samples, and the shared notices where they stand beside the project: eval.sh BIN SHARED [MEASURED]
set -euo pipefail
bin=$1
shared=$2
measured=${3:-}
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT
bash scripts/read_sets.sh "$bin" "$shared" "$out"
"$bin/python" scripts/accuracy.py "$out" --shared "$shared" --measured "$measured"
