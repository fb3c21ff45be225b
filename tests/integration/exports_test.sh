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
# An ego that stands: nothing moves points but their way into the format.
"$oddroad" render "$root/tests/integration/data/quick.yaml" -o "$out/standing/dataset" --clips 0 \
  --set 'params.v_ego=0 km/h' --set 'record={from: 0.2 s, duration: 0.25 s, kinds: [rgb, boxes, lidar]}'
for format in semantickitti kitti ply mcap; do
  "$oddroad" export "$out/standing/dataset" --to $format --split train:1 "$out/standing/$format"
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
"$python" "$root/tests/integration/check_pictures.py" "$out"
"$python" "$root/tests/integration/check_points.py" "$out/standing"
"$python" "$root/tests/integration/check_openlabel.py" "$out/openlabel" "$out/mixed" \
  "$root/../shared/data/openlabel/openlabel_json_schema-v1.0.0.json"
"$python" "$root/tests/integration/check_mcap.py" "$out/mcap" "$out/mixed"
"$python" "$root/tests/integration/check_exr.py" "$out/exr" "$out/mixed"
if command -v node >/dev/null && [ -d "$root/tests/npm/node_modules" ]; then
  node "$root/tests/npm/read_mcap.js" "$out"/mcap/*/*/*.mcap
else
  echo "skipped: @mcap/core reads the file; it wants node, and npm ci in tests/npm"
fi

# Where it cannot write, every format says so with its own exit code and leaves nothing.
refused() {
  local words=$1 code=0
  shift
  "$@" > "$out/log" 2>&1 || code=$?
  if [ $code -ne 73 ] || ! grep -q "$words" "$out/log"; then
    echo "wrong: exit code $code where 73 and '$words' are due: $* $(cat "$out/log")" >&2
    exit 1
  fi
}
small_disk() { ( ulimit -f 1; trap '' XFSZ; "$@" ); }  # files of 1 KiB at most
read_only() {
  unshare "$1" sh -c 'mount -t tmpfs -o ro none "$1" && shift && exec "$@"' sh "$out/mounted" "${@:2}"
}
mkdir "$out/mounted" "$out/none"
for mount in -m -rm no; do read_only $mount true 2>/dev/null && break; done
[ $mount != no ] || echo "skipped: exports into a read-only file system; they want unshare and mount"
for format in kitti kitti-tracking semantickitti nuscenes coco yolo cityscapes openlabel mcap webdataset ply exr native; do
  export_to=("$oddroad" export "$out/dataset" --to $format)
  refused "there is something already" "${export_to[@]}" "$out/kitti"
  refused "cannot create" "${export_to[@]}" "$out/dataset/dataset.json/out"
  refused "cannot write: File too large" small_disk "${export_to[@]}" "$out/none/out"
  [ $mount = no ] || refused "Read-only file system" read_only $mount "${export_to[@]}" "$out/mounted/out"
done
[ -z "$(ls -A "$out/none")" ] || { echo "wrong: leftovers of full disks" >&2; exit 1; }
echo "13 formats say that they cannot write and leave nothing"
