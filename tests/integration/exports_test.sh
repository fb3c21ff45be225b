#!/usr/bin/env bash
# A rendered clip in every format, read back by NumPy.
set -euo pipefail
build=$1
python=$2
root=$(cd "$(dirname "$0")/../.." && pwd)
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT
oddroad=$build/engine/cli/oddroad
"$oddroad" render "$root/tests/integration/data/quick.yaml" -o "$out/dataset" --clips 0 \
  --set traffic.parked=0.3
for format in kitti kitti-tracking semantickitti nuscenes coco yolo cityscapes webdataset ply; do
  "$oddroad" export "$out/dataset" --to $format --split train:1 "$out/$format"
done
# Formats that hold every sensor and all images of labels see all kinds of them.
"$oddroad" render "$root/tests/integration/data/quick.yaml" -o "$out/mixed" --clips 0 \
  --set "rig=$root/tests/integration/data/mixed_rig.yaml" \
  --set 'environment={clouds: few, date: 2026-05-10, time: "14:00"}' \
  --set 'record.kinds=[rgb, ids, classes, depth, boxes, lidar, radar, normals, flow, imu, gnss, ins, odometry]'
for format in openlabel mcap exr; do
  "$oddroad" export "$out/mixed" --to $format --split train:1 "$out/$format"
done
"$python" "$root/tests/integration/check_exports.py" "$out"
"$python" "$root/tests/integration/check_openlabel.py" "$out/openlabel" "$out/mixed" \
  "$root/../shared/data/openlabel/openlabel_json_schema-v1.0.0.json"
"$python" "$root/tests/integration/check_mcap.py" "$out/mcap" "$out/mixed"
"$python" "$root/tests/integration/check_exr.py" "$out/exr" "$out/mixed"
if command -v node >/dev/null && [ -d "$root/tests/npm/node_modules" ]; then
  node "$root/tests/npm/read_mcap.js" "$out"/mcap/*/*/*.mcap
else
  echo "skipped: @mcap/core reads the file; it wants node, and npm ci in tests/npm"
fi
