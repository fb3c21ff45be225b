#!/usr/bin/env bash
# The NumPy example reads what render writes.
set -euo pipefail
build=$1
python=$2
root=$(cd "$(dirname "$0")/../.." && pwd)
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT
"$build/engine/cli/oddroad" render "$root/tests/integration/data/quick.yaml" -o "$out/dataset" --clips 0
"$python" "$root/scripts/read_clip.py" "$out"/dataset/clips/quick/000000-*
