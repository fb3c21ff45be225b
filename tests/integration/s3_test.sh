#!/usr/bin/env bash
# s3_test.sh BUILD KILLS: farms whose output is a bucket of a real S3-compatible store, with real
# renderers and tiny clips. Whatever happens, the dataset must have the hash of one that was rendered
# in one go into a folder, and a manifest must never be there without its files. Skips (77) where no
# store is installed.
set -euo pipefail
build=$1
kills=$2
here=$(cd "$(dirname "$0")" && pwd)
# shellcheck source=s3_server.sh
. "$here/s3_server.sh"
have_s3 || { echo "no S3 store here (scripts/install_packages.sh --farm): skipped"; exit 77; }
oddroad=$build/engine/cli/oddroad
out=$(mktemp -d)
trap 'stop_s3; rm -rf "$out"' EXIT
cd "$out"
RANDOM=7
clips=8

# shellcheck source=farm_common.sh
. "$here/farm_common.sh"
check() { python3 "$here/check_bucket.py" "$s3_url/farm" "$1" || fail "a manifest without its files"; }
said() { grep -q "$1" log || fail "it does not say '$1'"; }

start_s3 "$out/store"
unset AWS_SESSION_TOKEN AWS_REGION AWS_DEFAULT_REGION AWS_ENDPOINT_URL_S3
export AWS_ACCESS_KEY_ID=test AWS_SECRET_ACCESS_KEY=secret AWS_ENDPOINT_URL=$s3_url no_proxy=127.0.0.1
export TMPDIR=$out/tmp
mkdir tmp
s3_send PUT farm
cat >policy.json <<'END_OF_POLICY'
{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": "*",
 "Action": ["s3:GetObject", "s3:ListBucket"], "Resource": ["arn:aws:s3:::farm", "arn:aws:s3:::farm/*"]}]}
END_OF_POLICY
s3_send PUT 'farm?policy=' policy.json

expect 0 farm plan "$here/data/tiny.yaml" --clips $clips --clips-per-task 2 --no-color -o plan.jsonl
expect 0 "$oddroad" render "$here/data/tiny.yaml" --clips "0..$((clips - 1))" --no-color -o serial
whole=$(hash serial)
[ -n "$whole" ] || fail "no hash"

test_two_workers() {
  expect 0 farm submit plan.jsonl -o s3://farm/two --local 2
  [ "$(check two)" -eq $clips ] || fail "not $clips manifests"
  same s3://farm/two
  farm status plan.jsonl -o s3://farm/two >two.txt
  grep -q "done  *$clips\$" two.txt || fail "$(cat two.txt)"
  expect 0 farm submit plan.jsonl -o s3://farm/two --local 2
  said "were there $clips,"
  [ -z "$(find tmp -path '*/.staging/*' -type d | head -1)" ] || fail "scratch is not clean"
  echo "two workers: the hash of a serial run in a folder"
}

test_refusals() {
  AWS_SECRET_ACCESS_KEY='' expect 73 farm submit plan.jsonl -o s3://farm/x --local 1
  said "set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY"
  AWS_SECRET_ACCESS_KEY=wrong expect 73 farm submit plan.jsonl -o s3://farm/x --local 1
  said "SignatureDoesNotMatch.*AWS_SECRET_ACCESS_KEY"
  AWS_ACCESS_KEY_ID=nobody expect 73 farm status plan.jsonl -o s3://farm/x
  said "InvalidAccessKeyId"
  expect 73 farm submit plan.jsonl -o s3://elsewhere/x --local 1
  said "NoSuchBucket.*make the bucket first"
  AWS_ENDPOINT_URL=http://127.0.0.1:1 expect 75 farm submit plan.jsonl -o s3://farm/x --local 1
  said "cannot reach http://127.0.0.1:1"
  echo x >holiday.jpg
  s3_send PUT farm/photos/holiday.jpg holiday.jpg
  expect 73 farm submit plan.jsonl -o s3://farm/photos --local 1
  said "holds other objects, such as 'photos/holiday.jpg'"
  expect 73 farm submit plan.jsonl -o s3://farm//photos --local 1
  expect 64 farm submit plan.jsonl -o s3://farm/x --slurm --dry-run
  expect 64 farm pack plan.jsonl -o s3://farm/two
  expect 64 "$oddroad" render "$here/data/tiny.yaml" -o s3://farm/x
  [ ! -e s3: ] || fail "a folder named s3:"
  expect 75 farm merge plan.jsonl -o s3://farm/x
  echo "no credentials, wrong ones, no bucket, no store, somebody's photographs: refused"
}

# What an array does, tasks out of order, one of them twice at once; a farm beside it.
test_at_once() {
  local task pids=()
  for task in 3 1 1 0 2; do
    "$oddroad" farm work plan.jsonl -o s3://farm/array --task $task --scratch "$out/scratch" 2>>tasks.log &
    pids+=($!)
  done
  expect 0 farm submit plan.jsonl -o s3://farm/array --local 1
  for task in "${pids[@]}"; do wait "$task" || fail "a task failed: $(tail tasks.log)"; done
  [ "$(check array)" -eq $clips ] || fail "not $clips manifests"
  same s3://farm/array
  curl -s "$s3_url/farm?list-type=2&prefix=array/quarantine" | grep -q "<KeyCount>0<" || fail "a clip differed"
  echo "tasks in any order, twice at once, a farm beside them: the same hash"
}

# Another clip takes the place of each that is asked for, just before it is made.
test_other_bytes() {
  cat >plant.py <<'END_OF_PLANT'
import hashlib, json, pathlib, sys
clip = next(pathlib.Path("serial/clips/tiny").glob("%06d-*" % int(sys.argv[1])))
manifest = json.loads((clip / "manifest.json").read_text())
other = (clip / "sightings.json").read_bytes() + b" "
manifest["files"]["sightings.json"] = {"bytes": len(other), "sha256": hashlib.sha256(other).hexdigest()}
text = json.dumps(manifest).encode()
pathlib.Path("planted.json").write_bytes(text)
pathlib.Path("planted.file").write_bytes(other)
print("clips/tiny/%s/manifest.json" % clip.name, "planted.json")
for name in manifest["files"]:
    source = "planted.file" if name == "sightings.json" else str(clip / name)
    print("files/tiny/%s/%s/%s" % (clip.name, hashlib.sha256(text).hexdigest()[:16], name), source)
END_OF_PLANT
  cat >wrap.sh <<END_OF_WRAP
#!/bin/bash
exec 4<&0
(
  cd "$out"; . "$here/s3_server.sh"
  while read -r n; do
    if [ \$n = 3 ]; then
      python3 plant.py \$n | tac | while read -r key file; do s3_send PUT "farm/other/\$key" "\$file" >&2; done
    fi
    echo "\$n"
  done <&4
) | "\$@"
END_OF_WRAP
  chmod +x wrap.sh
  expect 65 farm submit plan.jsonl -o s3://farm/other --local 1 --wrap "$out/wrap.sh"
  said "made $((clips - 1)), were there 0, set aside 0, differing 1"
  said "differs from the clip that is there: kept aside in s3://farm/other/quarantine/tiny/000003-"
  [ "$(check other)" -eq $clips ] || fail "not $clips manifests"
  local clip aside
  clip=$(basename serial/clips/tiny/000003-*)
  s3_send GET "farm/other/clips/tiny/$clip/manifest.json" | cmp - planted.json || fail "the first did not stay"
  # Ours is whole, aside: its manifest is what a serial run writes.
  aside=$(sha256sum "serial/clips/tiny/$clip/manifest.json" | cut -c1-16)
  s3_send GET "farm/other/quarantine/tiny/$clip.$aside.json" | cmp - "serial/clips/tiny/$clip/manifest.json" ||
    fail "ours is not kept aside"
  expect 65 farm finish plan.jsonl -o s3://farm/other --deep
  said "$clip: determinism fault"
  echo "a clip that differs: the first stays, ours is kept aside and told"
}

test_poison() {
  cat >wrap.sh <<'END_OF_WRAP'
#!/bin/bash
exec 4<&0
(
  while read -r n; do
    case $n in 5) kill -SEGV $$; exit ;; esac
    echo "$n"
  done <&4
) | "$@"
END_OF_WRAP
  expect 65 farm submit plan.jsonl -o s3://farm/poison --local 2 --wrap "$out/wrap.sh"
  farm status plan.jsonl -o s3://farm/poison >poison.txt
  grep -q "failed  *1\$" poison.txt || fail "$(cat poison.txt)"
  expect 65 farm fetch plan.jsonl -o s3://farm/poison --to poison
  expect 65 farm merge plan.jsonl -o poison
  [ "$(hash poison)" = "$(hash s3://farm/poison)" ] || fail "the copy has another hash"
  echo "a poison clip: set aside in the bucket"
}

test_damage_and_fetch() {
  local names=(serial/clips/tiny/*) k keys=()
  for ((k = 0; k < 3; ++k)); do
    names[k]=$(basename "${names[k]}")
    keys[k]=farm/two/files/tiny/${names[k]}/$(sha256sum "serial/clips/tiny/${names[k]}/manifest.json" | cut -c1-16)
  done
  s3_send DELETE "${keys[0]}/front/000000.ids.png"
  # Same size, other content: found by --deep alone.
  cp "serial/clips/tiny/${names[1]}/front/000000.ids.png" changed.png
  printf 'X' | dd of=changed.png bs=1 seek=40 conv=notrunc status=none
  s3_send PUT "${keys[1]}/front/000000.ids.png" changed.png
  s3_send DELETE "farm/two/clips/tiny/${names[2]}/manifest.json"
  expect 75 farm fetch plan.jsonl -o s3://farm/two --to fetched
  said "front/000000.ids.png: error: missing, or not what the manifest says"
  expect 0 farm finish plan.jsonl -o s3://farm/two --deep --local 2
  [ "$(grep -c "damaged, moved to quarantine" log)" -eq 2 ] || fail "not two damaged"
  [ "$(check two)" -eq $clips ] || fail "not $clips manifests"
  same s3://farm/two
  expect 0 farm fetch plan.jsonl -o s3://farm/two --to fetched
  diff -r fetched/clips serial/clips || fail "fetched something else"
  expect 0 farm fetch plan.jsonl -o s3://farm/two --to fetched
  said "fetched 0 clips, were there $clips"
  same fetched
  echo "damaged and missing clips: found, made again, and fetched as a serial run writes them"
}

test_kills() {
  local begin k made=0
  begin=$(milliseconds)
  expect 0 farm submit plan.jsonl -o s3://farm/timed --local 2
  length=$(($(milliseconds) - begin))
  for ((k = 1; k <= kills; ++k)); do
    kill_once "s3://farm/killed$made" 2 100
    check "killed$made" >/dev/null
    if [ $((k % 4)) -eq 0 ] || [ "$k" -eq "$kills" ]; then
      expect 0 farm finish plan.jsonl -o "s3://farm/killed$made" --deep --local 2
      same "s3://farm/killed$made"
      made=$((made + 1))
    fi
  done
  echo "$kills kills within a farm of $length ms: $made datasets, all of the same hash"
}

test_two_workers
test_refusals
test_at_once
test_other_bytes
test_poison
test_damage_and_fetch
test_kills
