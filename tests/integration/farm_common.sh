# farm_common.sh: what tests of farms share. Sourced in an empty folder `$out`, where plan.jsonl will be,
# with `$oddroad` set; `same` compares with the hash `$whole`, `kill_once` wants the `$length` of a farm.
# shellcheck shell=bash disable=SC2154

fail() { echo "FAILED: $*"; tail -n 20 "$out/log"; exit 1; }
# expect CODE COMMAND...
expect() {
  local wanted=$1 code=0
  shift
  "$@" >"$out/log" 2>&1 || code=$?
  [ "$code" -eq "$wanted" ] || fail "exit code $code, not $wanted: $*"
}
farm() { "$oddroad" farm "$@"; }
hash() { farm merge plan.jsonl -o "$1" 2>&1 | sed -n 's/.*dataset //p'; }
same() { [ "$(hash "$1")" = "$whole" ] || fail "$1 has another hash"; }
milliseconds() { echo $(($(date +%s%N) / 1000000)); }
pause() { sleep "$(($1 / 1000)).$(printf '%03d' $(($1 % 1000)))"; }

# kill_once OUTPUT ONE_IN REST_MS: kills a farm at a random moment of its length; one time in so many a
# renderer of it first, with a rest between. Any of them may have ended by itself before: no mistake.
kill_once() {
  setsid "$oddroad" farm submit plan.jsonl -o "$1" --local 2 >log 2>&1 &
  local victim=$! renderer
  pause $((RANDOM * length / 32768))
  if [ $((RANDOM % $2)) -eq 0 ]; then
    renderer=$(pgrep -P $victim | head -1) || true
    [ -z "$renderer" ] || kill -KILL "$renderer" 2>/dev/null || true
    pause "$3"
  fi
  kill -KILL $victim 2>/dev/null || true
  wait $victim 2>/dev/null || true
}
