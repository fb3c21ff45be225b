#!/usr/bin/env bash
# A picture of every scenario of the library: preview.jpg in each of its folders, left to right and
# top to bottom by name. Each shows the variant and the moment that scripts/best_view.py finds.
# Usage: scripts/library_sheets.sh [FOLDER...]   (default: all of scenarios/ with an `about:`).
# ODDROAD names another binary.
set -euo pipefail
cd "$(dirname "$0")/.."
oddroad=${ODDROAD:-build/release/engine/cli/oddroad}
if [[ ! -x $oddroad ]]; then
  scripts/build.sh release oddroad
fi
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT
folders=("$@")
if [[ $# == 0 ]]; then
  mapfile -t folders < <(grep -l '^about:' scenarios/*/*.yaml | xargs -n1 dirname | sort -u)
fi

for folder in "${folders[@]}"; do
  name=$(basename "$folder")
  for file in "$folder"/*.yaml; do
    grep -q '^about:' "$file" || continue
    read -r variant seconds < <(scripts/best_view.py "$oddroad" "$file")
    # Of two pictures, 0.1 s apart, the sheet shows the second.
    from=$(awk -v t="$seconds" 'BEGIN { printf "%.2f", (t > 0.1 ? t - 0.1 : 0) }')
    "$oddroad" render "$file" -o "$out/$name" --clips "$variant" \
      --set rig=scenarios/rigs/thumbnail.yaml --set "record.from=$from s" \
      --set "record.duration=0.1 s" 2>"$out/log" || { cat "$out/log"; exit 1; }
  done
  "$oddroad" preview "$out/$name" --mosaic --columns 4 --tile 400 -o "$out/$name.png"
  /usr/bin/python3 -c 'import sys; from PIL import Image; Image.open(sys.argv[1]).convert("RGB").save(
    sys.argv[2], quality=82, optimize=True)' "$out/$name.png" "$folder/preview.jpg"
  echo "$folder/preview.jpg: $(find "$out/$name/clips" -name clip.json | wc -l) pictures"
done
