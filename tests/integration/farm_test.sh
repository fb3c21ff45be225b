#!/usr/bin/env bash
# farm_test.sh BUILD CASE [COUNT]: farms on this machine, with real renderers and tiny clips. Whatever
# happens to them, the dataset must have the hash of one that was rendered in one go without a farm.
#   local     two workers; two farms at once; stop and resume, also inside a clip; poison; damage
#   kills     COUNT random SIGKILLs of farms and of renderers
#   disk      COUNT times a disk that becomes full at a random point (needs to mount a tmpfs)
set -euo pipefail
build=$1
which=$2
count=${3:-1}
root=$(cd "$(dirname "$0")/../.." && pwd)
scenario=$root/tests/integration/data/tiny.yaml
oddroad=$build/engine/cli/oddroad
out=$(mktemp -d)
trap 'mountpoint -q "$out/small" && umount "$out/small"; rm -rf "$out"' EXIT
cd "$out"
RANDOM=11
clips=8

# shellcheck source=farm_common.sh
. "$root/tests/integration/farm_common.sh"

expect 0 farm plan "$scenario" --clips $clips --clips-per-task 2 --no-color -o plan.jsonl
expect 0 "$oddroad" render "$scenario" --clips "0..$((clips - 1))" --no-color -o serial
whole=$(hash serial)
[ -n "$whole" ] || fail "no hash"

test_local() {
  expect 0 farm submit plan.jsonl -o two --local 2
  same two
  farm status plan.jsonl -o two --price 2 --html two.html --prometheus two.prom >two.txt
  grep -q "done  *$clips\$" two.txt || fail "$(cat two.txt)"
  grep -q "state=\"done\"} $clips\$" two.prom || fail "$(cat two.prom)"
  # Again: everything is there.
  expect 0 farm submit plan.jsonl -o two --local 2
  grep -q "were there $clips," log || fail "rendered again"
  echo "two workers: the hash of a serial run"
}

test_array() {
  # What an array does, tasks out of order, one of them twice at once, on scratch.
  for task in 3 1 1 0 2; do
    "$oddroad" farm work plan.jsonl -o array --task $task --scratch "$out/scratch" 2>>log &
  done
  wait
  same array
  [ ! -e array/quarantine ] || fail "a clip differed"
  [ -z "$(find scratch/.staging -mindepth 2 | head -1)" ] || fail "scratch is not clean"
  expect 64 farm work plan.jsonl -o array --task 4
  JOB_COMPLETION_INDEX=2 expect 0 farm work plan.jsonl -o array
  echo "tasks in any order, twice at once: the same hash"
}

test_two_farms() {
  farm submit plan.jsonl -o shared --local 1 >log2 2>&1 &
  local other=$!
  expect 0 farm submit plan.jsonl -o shared --local 1
  wait $other || fail "the other farm failed: $(cat log2)"
  same shared
  [ ! -e shared/quarantine ] || fail "a clip differed"
  echo "two farms on one output: the same hash"
}

test_stop() {
  # Not by the function: the signal is for the program.
  "$oddroad" farm submit plan.jsonl -o stopped --local 1 >log 2>&1 &
  local farm=$! code=0
  until grep -q captures log; do pause 20; done
  kill -TERM $farm
  wait $farm || code=$?
  [ $code -eq 75 ] || fail "exit code $code after TERM"
  local made
  made=$(find stopped/clips -name manifest.json | wc -l)
  [ "$made" -lt $clips ] || fail "TERM did not stop it"
  expect 75 farm merge plan.jsonl -o stopped
  expect 0 farm submit plan.jsonl -o stopped --local 2
  same stopped
  echo "TERM after $made clips: exit code 75; resumed to the same hash"
}

# stop_inside SIGNAL FOLDER COMMAND...: has it render a clip into the folder, and sends it the signal once
# a few captures more are there than a checkpoint has. Its exit code is in `code`.
stop_inside() {
  local signal=$1 folder=$2 before victim
  shift 2
  rm -rf "$folder/.staging"
  before=$(captures_in "$folder/partial")
  "$@" >"$out/log" 2>&1 &
  victim=$!
  until [ "$(captures_in "$folder/.staging" scratch/.staging)" -gt $((before + 3)) ]; do
    kill -0 $victim 2>/dev/null || fail "ended before it was stopped"
    pause 20
  done
  kill "-$signal" $victim
  code=0
  wait $victim || code=$?
}
# A folder that is not there yet holds none, which `find` calls a failure.
captures_in() { { find "$@" -path '*/front/*' -name '*.json' 2>/dev/null || true; } | wc -l; }

# A clip of 500 ticks, which takes longer than the grace, and stopping in it takes less.
test_stop_inside() (
  mkdir long
  cd long
  cp "$root"/tests/integration/data/tiny* .
  sed -i "s|../../../scenarios|$root/scenarios|; s/rate: 10 Hz/rate: 100 Hz/; s/0.25 s/5 s/" tiny*
  expect 0 farm plan tiny.yaml --clips 1 --clips-per-task 1 --no-color -o plan.jsonl
  local code
  expect 0 "$oddroad" render tiny.yaml --clips 0 --no-color -o serial
  whole=$(hash serial)
  local work=("$oddroad" farm work plan.jsonl -o stopped --task 0 --threads 1 --grace 2)
  stop_inside TERM stopped "${work[@]}"
  [ "$code" -eq 75 ] || fail "exit code $code"
  grep -q "stopped at tick" "$out/log" || fail "it does not say where"
  [ ! -e stopped/clips ] || fail "there is a clip"
  [ "$(find stopped/partial -name checkpoint.json | wc -l)" -eq 1 ] || fail "no checkpoint"
  farm status plan.jsonl -o stopped >status.txt
  grep -q "stopped at tick" status.txt || fail "$(cat status.txt)"
  expect 75 farm finish plan.jsonl -o stopped
  grep -q "missing, stopped at tick" "$out/log" || fail "finish does not say where"
  # Killed after it went on: the checkpoint is what it was.
  find stopped/partial -type f -exec sha256sum {} + >before
  stop_inside KILL stopped "${work[@]}"
  grep -q "goes on at tick" "$out/log" || fail "it does not say that it goes on"
  sha256sum -c --quiet before || fail "another checkpoint"
  # Twice, from another disk's scratch, to a later one.
  stop_inside TERM stopped "${work[@]}" --scratch "$out/long/scratch"
  [ "$code" -eq 75 ] || fail "exit code $code"
  expect 0 "${work[@]}"
  grep -q "goes on at tick" "$out/log" || fail "it does not say that it goes on"
  same stopped
  [ ! -e stopped/partial ] || fail "a checkpoint was left"
  [ ! -e stopped/quarantine ] || fail "the clip differed"
  local last made taken
  last=$(grep -h '"event":"committed"' stopped/attempts/*/tasks/*/*.jsonl)
  made=${last#*\"frames\":} taken=${last#*\"taken_over\":}
  made=${made%%,*} taken=${taken%%,*}
  [ "$taken" -gt 6 ] || fail "$last"
  [ $((made + taken)) -eq "$(captures_in serial/clips)" ] || fail "$last"
  # An interrupted render goes on, too.
  stop_inside TERM rendered "$oddroad" render tiny.yaml --clips 0 --no-color -o rendered
  [ "$code" -eq 75 ] || fail "exit code $code"
  grep -q "stopped at tick" "$out/log" || fail "it does not say where"
  expect 0 "$oddroad" render tiny.yaml --clips 0 --no-color -o rendered
  grep -q "goes on at tick" "$out/log" || fail "it does not say that it goes on"
  same rendered
  echo "TERM inside a clip: $made of $((made + taken)) captures by the last attempt; the same hash"
)

test_poison() {
  cat >wrap.sh <<'END'
#!/bin/bash
# Stands before a renderer and dies of two clips, as the renderer might.
exec 4<&0
(
  while read -r n; do
    case $n in 3 | 7) kill -SEGV $$; exit ;; esac
    echo "$n"
  done <&4
) | "$@"
END
  chmod +x wrap.sh
  expect 65 farm submit plan.jsonl -o poison --local 2 --wrap "$out/wrap.sh"
  [ "$(find poison/attempts/set_aside -name '*.json' | wc -l)" -eq 2 ] || fail "not two set aside"
  grep -q '"signal": 11' poison/attempts/set_aside/tiny/000003-*.json || fail "no signal on record"
  [ "$(find poison/clips -name manifest.json | wc -l)" -eq $((clips - 2)) ] || fail "clips are missing"
  for manifest in poison/clips/tiny/*/manifest.json; do
    cmp -s "$manifest" "serial/${manifest#poison/}" || fail "$manifest differs"
  done
  farm status plan.jsonl -o poison >poison.txt
  grep -q "failed  *2\$" poison.txt || fail "$(cat poison.txt)"
  expect 65 farm finish plan.jsonl -o poison
  expect 65 farm work plan.jsonl -o poison --task 1
  expect 0 farm work plan.jsonl -o poison --task 1 --ok-if-set-aside
  # Who deletes the attempts has them tried again.
  rm -r poison/attempts
  expect 0 farm submit plan.jsonl -o poison --local 2
  same poison
  echo "two poison clips: set aside with signal and seed, the others whole"
}

test_damage() {
  cp -r two damaged
  local files=(damaged/clips/tiny/*/front/000000.ids.png)
  # Same size, other content: found by --deep alone.
  printf 'X' | dd of="${files[1]}" bs=1 seek=40 conv=notrunc status=none
  echo >>"${files[4]}"
  rm -r damaged/clips/tiny/000006-*
  expect 0 farm finish plan.jsonl -o damaged --deep --local 2
  same damaged
  [ "$(find damaged/quarantine -mindepth 2 -maxdepth 2 | wc -l)" -eq 2 ] || fail "not two in quarantine"
  rm -r damaged/clips/tiny/000001-*
  expect 75 farm finish plan.jsonl -o damaged
  echo "damaged and missing clips: found and made again"
}

test_pack() {
  expect 0 farm pack plan.jsonl -o two --shard-mb 0.2
  local shards=(two/shards/*.tar)
  [ ${#shards[@]} -gt 1 ] || fail "one shard only"
  mkdir unpacked
  for shard in "${shards[@]}"; do tar -xf "$shard" -C unpacked; done
  diff -r unpacked two/clips || fail "the shards hold something else"
  sha256sum two/shards/* >before
  # Lost, cut short, killed: made again, the same to the byte.
  rm "${shards[0]}" two/shards/index.jsonl
  truncate -s -512 "${shards[1]}"
  expect 0 farm pack plan.jsonl -o two --shard-mb 0.2
  sha256sum -c --quiet before || fail "another pack"
  python3 - two/shards <<'END' || fail "the index is wrong"
import hashlib, json, sys
for line in open(sys.argv[1] + "/index.jsonl"):
    entry = json.loads(line)
    shard = open(sys.argv[1] + "/" + entry["shard"], "rb")
    shard.seek(entry["offset"])
    assert hashlib.sha256(shard.read(entry["bytes"])).hexdigest() == entry["sha256"], line
END
  rm -r two/shards
  expect 75 farm pack plan.jsonl -o nothing
  echo "packed into ${#shards[@]} shards: unpacked the same"
}

test_refusals() {
  sed 's/"software_hash":"[0-9a-f]*"/"software_hash":"0"/' plan.jsonl >other.jsonl
  expect 69 farm submit other.jsonl -o refused --local 1
  grep -q "another build" log || fail "no reason"
  sed 's/"any_build":false/"any_build":true/' other.jsonl >any.jsonl
  expect 0 farm work any.jsonl -o refused --task 0
  sed 's/"isa":"[a-z0-9.]*"/"isa":"avx1024"/' plan.jsonl >isa.jsonl
  expect 69 farm submit isa.jsonl -o refused --local 1
  expect 66 farm submit nowhere.jsonl -o refused --local 1
  mkdir photos && echo x >photos/holiday.jpg
  expect 73 farm submit plan.jsonl -o photos --local 1
  # A scenario that has changed since.
  cp "$root"/tests/integration/data/tiny* .
  sed -i "s|../../../scenarios|$root/scenarios|" tiny.yaml
  expect 0 farm plan tiny.yaml --clips 2 --clips-per-task 1 --no-color -o changed.jsonl
  sed -i 's/25 .. 35/26 .. 35/' tiny.yaml
  expect 65 farm submit changed.jsonl -o changed --local 1
  grep -q "has changed since the plan was made" log || fail "no reason"
  expect 66 farm plan tiny.yaml tiny.yaml --clips 2 --clips-per-task 1 --no-color -o twice.jsonl
  echo "other builds, other processors, other scenarios: refused"
}

# The container's packages must have every library that the program needs; those behind them are
# apt's business, and the image of Debian itself has the last few.
test_image() {
  command -v dpkg >/dev/null || { echo "no Debian: libraries of the image not compared"; return; }
  expect 0 farm submit plan.jsonl -o /data/out --kubernetes "$out/job.yaml"
  local library package
  for library in $(readelf -d "$oddroad" | sed -n 's/.*(NEEDED).*\[\(.*\)\]/\1/p'); do
    package=$(dpkg -S "*/$(uname -m)-linux-gnu/$library" | sed 's/:.*//' | sort -u)
    case $package in libc6 | libgcc-s1 | libstdc++6 | zlib1g | libzstd1) continue ;; esac
    grep -qE "(^| )$package( |\$)" Containerfile || fail "$library is in $package, which the image lacks"
  done
  echo "the image has the libraries of the program"
}

test_kills() {
  local begin k made=0
  begin=$(milliseconds)
  expect 0 farm submit plan.jsonl -o timed --local 2
  length=$(($(milliseconds) - begin))
  for ((k = 1; k <= count; ++k)); do
    kill_once killed 3 50
    for clip in killed/clips/*/*; do
      [ ! -e "$clip" ] || [ -f "$clip/manifest.json" ] || fail "half a clip after kill $k: $clip"
    done
    if [ $((k % 4)) -eq 0 ] || [ "$k" -eq "$count" ]; then
      expect 0 farm finish plan.jsonl -o killed --deep --local 2
      same killed
      [ ! -e killed/quarantine ] || fail "a clip differed or was damaged"
      rm -rf killed
      made=$((made + 1))
    fi
  done
  echo "$count kills within a farm of $length ms: $made datasets, all of the same hash"
}

test_disk() {
  mkdir small
  mount -t tmpfs -o size=16k tmpfs small 2>/dev/null || { echo "cannot mount a tmpfs: skipped"; exit 77; }
  umount small
  local need k size code full=0
  need=$(du -sk --apparent-size serial | cut -f1)
  for ((k = 1; k <= count; ++k)); do
    size=$((need / 8 + RANDOM % need))
    mount -t tmpfs -o size="${size}k" tmpfs small
    code=0
    farm submit plan.jsonl -o small/data --local 2 >log 2>&1 || code=$?
    if [ $code -ne 0 ]; then
      full=$((full + 1))
      [ $code -eq 75 ] || [ $code -eq 73 ] || fail "exit code $code on a full disk of $size kB"
      grep -qi "no space left" log || fail "no clear reason on a full disk of $size kB"
    fi
    [ ! -d small/data/attempts/set_aside ] || fail "a clip was blamed for the disk"
    mount -o remount,size=$((need * 8))k small
    expect 0 farm finish plan.jsonl -o small/data --deep --local 2
    same small/data
    [ ! -e small/data/quarantine ] || fail "something half written was taken for a clip"
    umount small
  done
  [ "$full" -gt 0 ] || fail "the disk was never full"
  echo "a full disk $full times of $count: said so, resumed to the same hash"
}

case $which in
  local)
    test_local
    test_array
    test_two_farms
    test_stop
    test_stop_inside
    test_poison
    test_damage
    test_pack
    test_refusals
    test_image
    ;;
  kills) test_kills ;;
  disk) test_disk ;;
  *) fail "no case $which" ;;
esac
