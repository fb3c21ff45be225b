#!/usr/bin/env bash
# The pictures of scenarios/gallery/, a sheet of all, and their statistics beside a photo's.
# Usage: scripts/gallery.sh [OUT [PHOTO]]   (default: gallery_output, no photo).
# ODDROAD names another binary, PICTURES other scenario files.
set -euo pipefail
cd "$(dirname "$0")/.."
out=${1:-gallery_output}
photo=${2:-}
oddroad=${ODDROAD:-build/release/engine/cli/oddroad}
if [[ ! -x $oddroad ]]; then
  scripts/build.sh release oddroad
fi
mkdir -p "$out"
rm -rf "$out/dataset"
# 65: a picture could not be made; the others are worth looking at.
shopt -s extglob
"$oddroad" render ${PICTURES:-scenarios/gallery/!(variety).yaml} -o "$out/dataset" --clips 0 || [[ $? == 65 ]]
for clip in "$out"/dataset/clips/*/000000-*; do
  frames=("$clip"/*/*.rgb.*)
  name=$(basename "$(dirname "$clip")")
  cp "${frames[0]}" "$out/$name.${frames[0]##*.}"
done
"$oddroad" preview "$out/dataset" --mosaic --columns 4 --tile 480 -o "$out/gallery.png"
pictures=()
for picture in "$out"/*.png "$out"/*.jpg; do
  [[ -e $picture && $(basename "$picture") != gallery.png ]] && pictures+=("$picture")
done
"$oddroad" stats "${pictures[@]}" ${photo:+--reference "$photo"} | tee "$out/statistics.txt"
echo
echo "pictures and statistics.txt: $out    sheet: $out/gallery.png"
