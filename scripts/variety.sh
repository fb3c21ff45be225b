#!/usr/bin/env bash
# A sheet of many random frames of one scenario, one of each variant, to judge how much they vary.
# Usage: scripts/variety.sh [OUT [SCENARIO [COUNT]]]   (default: variety_output, the streets of
# scenarios/gallery/variety.yaml, 200). Further arguments go to `oddroad render`, such as
# --set randomize.mode=wild. ODDROAD names another binary.
set -euo pipefail
cd "$(dirname "$0")/.."
out=${1:-variety_output}
scenario=${2:-scenarios/gallery/variety.yaml}
count=${3:-200}
oddroad=${ODDROAD:-build/release/engine/cli/oddroad}
if [[ ! -x $oddroad ]]; then
  scripts/build.sh release oddroad
fi
mkdir -p "$out"
# 65: a variant could not be placed; the others are worth looking at.
"$oddroad" render "$scenario" -o "$out/dataset" --clips "0..$((count - 1))" --jobs 2 "${@:4}" ||
  [[ $? == 65 ]]
"$oddroad" preview "$out/dataset" --mosaic --tile 160 --columns 10 -o "$out/variety.png"
echo "sheet: $out/variety.png"
