#!/usr/bin/env bash
# slurm_test.sh BUILD CLIPS: a plan of tiny clips on a Slurm of three nodes that is made to fail: the
# daemon of one node is killed (its job goes on, unseen), everything of another is killed, one task
# gets a TERM, two clips kill their renderer, one clip is damaged and one deleted behind the farm's
# back. The dataset must be what a serial run makes. Skips (77) where Slurm is not installed.
set -euo pipefail
build=$1
clips=$2
here=$(cd "$(dirname "$0")" && pwd)
# shellcheck source=slurm_cluster.sh
. "$here/slurm_cluster.sh"
have_slurm || { echo "no Slurm here (scripts/install_packages.sh --farm): skipped"; exit 77; }
oddroad=$build/engine/cli/oddroad
out=$(mktemp -d)
trap 'stop_cluster >/dev/null 2>&1; rm -rf "$out"' EXIT
cd "$out"

fail() {
  echo "FAILED: $*"
  tail -n 5 "$out"/data/attempts/slurm/*.log "$out"/cluster/slurmctld.log || true
  exit 1
}
say() { printf '%6.1f s  %s\n' "$(bc <<<"($(date +%s%N) - $begin) / 1000000000.0" 2>/dev/null || echo 0)" "$*"; }
committed() { find data/clips -name manifest.json 2>/dev/null | wc -l; }
wait_for() { # SECONDS WHAT COMMAND...
  local seconds=$1 what=$2
  shift 2
  for _ in $(seq $((seconds * 5))); do "$@" && return 0 || sleep 0.2; done
  squeue -a
  fail "$what did not come in $seconds s"
}
at_least() { [ "$(committed)" -ge "$1" ]; }
queue_is_empty() { [ -z "$(squeue -h)" ]; }

begin=$(date +%s%N)
start_cluster "$out/cluster"
"$oddroad" farm plan "$here/data/tiny.yaml" --clips "$clips" --clips-per-task 3 --no-color -o plan.jsonl
"$oddroad" render "$here/data/tiny.yaml" --clips "0..$((clips - 1))" --no-color -o serial 2>/dev/null

# Slower than they are, so that faults fall into them; two are poison.
cat >wrap.sh <<'END'
#!/bin/bash
exec 4<&0
(
  while read -r n; do
    sleep 0.7
    case $n in 2 | 7) kill -SEGV $$; exit ;; esac
    echo "$n"
  done <&4
) | "$@"
END
chmod +x wrap.sh
submit() { "$oddroad" farm submit plan.jsonl -o data --slurm --cpus 1 --memory 500M --minutes 5 --wrap "$out/wrap.sh" "$@"; }
submit --dry-run >dry.txt
grep -q -- "--dependency=afterany:JOB1" dry.txt || fail "the dry run shows no dependency"
queue_is_empty || fail "a dry run submitted something"
[ ! -e data ] || fail "a dry run wrote something"
submit
say "submitted"

wait_for 60 "the first clip" at_least 1
kill -KILL "$(cat cluster/n1.pid)"
say "daemon of n1 killed; its jobs go on"
wait_for 60 "the third clip" at_least 3
victims=$(processes_of_node 2)
# shellcheck disable=SC2086  # a word each
kill -KILL "$(cat cluster/n2.pid)" $victims 2>/dev/null || true
say "everything of n2 killed: $(wc -w <<<"$victims") processes"
# On the node that is left; the controller may be too busy finding out about the others.
stop_a_task() {
  task=$(squeue -h -w n3 -t R -o '%i' | grep _ | tail -1) || true
  [ -n "$task" ] && scancel --signal=TERM --batch "$task"
}
wait_for 60 "a task to stop" stop_a_task
say "TERM to task $task"
wait_for 90 "the sixth clip" at_least 6
start_node 2
some=(data/clips/tiny/*/)
truncate -s 10 "${some[0]}front/000000.ids.png"
rm -r "${some[1]}"
say "one clip damaged, one deleted"

wait_for 300 "the end" queue_is_empty
say "queue empty"
"$oddroad" farm status plan.jsonl -o data || true
# What a serial run would be without the two that nobody can make.
mkdir serial/attempts && cp -r data/attempts/set_aside serial/attempts/
rm -r serial/clips/tiny/000002-* serial/clips/tiny/000007-*
# The queue may be empty because the controller lost track of a node: the cure is to ask again.
[ -e data/clips.jsonl ] || fail "not merged"
whole=$("$oddroad" farm merge plan.jsonl -o serial | sed 's/.*dataset //' || true)
ours=$(sed -n '1s/.*"dataset_sha256":"\([0-9a-f]*\)".*/\1/p' data/clips.jsonl)
[ -n "$ours" ] && [ "$ours" = "$whole" ] || fail "the hash is $ours, of a serial run $whole"
[ "$(find data/attempts/set_aside -name '*.json' | wc -l)" -eq 2 ] || fail "not two set aside"
[ "$(committed)" -eq $((clips - 2)) ] || fail "$(committed) clips"
[ "$(find data/quarantine -mindepth 2 -maxdepth 2 | wc -l)" -eq 1 ] || fail "not one in quarantine"
"$oddroad" index data
listed=$("$oddroad" query data "SELECT clip FROM clips" --clips | wc -l)
[ "$listed" -eq $((clips - 2)) ] || fail "the catalogue has $listed clips"
say "dataset $ours, as of a serial run"
