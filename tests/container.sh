#!/usr/bin/env bash
# Carries out the Dockerfile without a container engine, and runs the bot in what came of it, as
# compose.yaml would: another root, which is read-only; uid 10001 without capabilities; only /data
# and a noexec /tmp can be written. Debian stable with its own Python stands in for the image.
#
# Needs root, debootstrap and network. PYTHON is one that has the project's requirements. For a
# package index on this machine's disk, EXTRA names folders to show inside while pip runs.
# shellcheck disable=SC2016  # the quoted scripts expand their own variables
set -euo pipefail

here=$(cd "$(dirname "$0")/.." && pwd)
python=${PYTHON:-python3}
scratch=${SCRATCH:-$(mktemp -d)}
suite=${SUITE:-stable}
mkdir -p "$scratch"
cd "$here"

say() { printf '== %s\n' "$*"; }
fail() { printf 'FAILED: %s\n' "$*" >&2; exit 1; }
[ "$(id -u)" = 0 ] || fail "this needs root"

simulator=; bot=
finish() {
  for process in $bot $simulator; do kill -KILL "$process" 2>/dev/null || true; done
  # What another run may use again is kept where SCRATCH was named.
  [ -n "${SCRATCH:-}" ] || rm -rf --one-file-system "$scratch"
}
trap finish EXIT

# ---- Lint --------------------------------------------------------------------------------------

if command -v hadolint >/dev/null; then
  hadolint Dockerfile && say "hadolint: nothing to say"
else
  say "hadolint is not installed: no lint"
fi

# ---- The steps of the Dockerfile, one root for each stage ---------------------------------------

if [ ! -e "$scratch/base/.ready" ]; then
  rm -rf --one-file-system "$scratch/base"
  debootstrap --variant=minbase --include=python3,python3-venv,ca-certificates \
    "$suite" "$scratch/base" >"$scratch/debootstrap.log" || fail "see $scratch/debootstrap.log"
  ln -sf python3 "$scratch/base/usr/bin/python"
  touch "$scratch/base/.ready"
fi

root=; folder=/; count=0; user=; health=; entry=; command=
declare -A stages=()
declare -a environment=(PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin)

# Inside: the network's settings, pip's settings and what EXTRA names. Nothing of it stays.
build_step() {
  local settings
  settings=$(env | grep -E '^PIP_' || true)
  unshare --mount bash -euc '
    root=$1; folder=$2; step=$3; settings=$4; shift 4
    mount --bind /dev "$root/dev"; mount -t proc proc "$root/proc"; mount -t tmpfs tmpfs "$root/tmp"
    for path in /etc/resolv.conf /etc/hosts /etc/ssl /etc/pip.conf $EXTRA; do
      [ -e "$path" ] || continue
      if [ -d "$path" ]; then mkdir -p "$root$path"; else [ -e "$root$path" ] || touch "$root$path"; fi
      mount --bind "$path" "$root$path"
    done
    mapfile -t pip <<<"$settings"
    [ -n "$settings" ] || pip=()
    exec env -i "$(command -v chroot)" "$root" /usr/bin/env "$@" "${pip[@]}" /bin/sh -c "cd $folder && $step"
  ' - "$root" "$folder" "$1" "$settings" "${environment[@]}"
}

copy_step() {
  local from=$here/ target=${!#} source
  local -a sources=("${@:1:$#-1}")
  if [[ $1 == --from=* ]]; then from=${stages[${1#--from=}]}; sources=("${sources[@]:1}"); fi
  [[ $target == /* ]] || target=$folder/$target
  for source in "${sources[@]}"; do
    mkdir -p "$(dirname "$root$target")"
    cp -r --preserve=mode,links "$from/$source" "$root$target"
  done
}

# shellcheck disable=SC2086,SC2206  # the words of a line are its arguments
step() {
  local word=$1 rest=$2
  case $word in
    FROM)
      count=$((count + 1)); root=$scratch/stage$count; folder=/; environment=("${environment[0]}")
      rm -rf --one-file-system "$root"; cp -a "$scratch/base" "$root"
      [[ $rest != *" AS "* ]] || stages[${rest##* AS }]=$root ;;
    WORKDIR) folder=$rest; mkdir -p "$root$folder" ;;
    COPY) copy_step $rest ;;
    RUN) build_step "$rest" ;;
    ARG | ENV) environment+=($rest) ;;
    USER) user=$rest ;;
    HEALTHCHECK) health=${rest#*CMD } ;;
    ENTRYPOINT) entry=$rest ;;
    CMD) command=$rest ;;
    VOLUME | STOPSIGNAL) ;;
    *) fail "the Dockerfile has a step that this script does not know: $word" ;;
  esac
}

export EXTRA=${EXTRA:-}
while read -r word rest; do
  say "$word $rest"
  step "$word" "$rest"
done < <(sed -E '/^#/d; /^$/d' Dockerfile | sed -E ':more; /\\$/ {N; s/\\\n */ /; b more}')
[ "$user" = 10001 ] || fail "the user is $user"

# ---- A container as in compose.yaml ------------------------------------------------------------

data=$scratch/data
rm -rf "$data"; cp -a "$root/data" "$data"   # a new volume has what the image has there
cp -r demo/articles "$data/articles"; chmod -R a+rX "$data/articles"

# Runs the words of JSON lists, as process 1; the network is the machine's, for the stand-in.
inside() {
  local -a words
  mapfile -d '' -t words < <("$python" -c 'import json, sys
for part in sys.argv[1:]:
    for word in json.loads(part, strict=False):
        print(word, end="\0")' "$@")
  [ "${#words[@]}" -gt 0 ] || exit 99
  exec unshare --mount --pid --fork --kill-child bash -euc '
    root=$1; data=$2; folder=$3; user=$4; shift 4
    mount --bind "$root" "$root"; mount -o remount,bind,ro "$root"
    mount --bind "$data" "$root/data"
    mount -t tmpfs -o noexec,nosuid,mode=1777,size=64m tmpfs "$root/tmp"
    mount --bind /dev "$root/dev"; mount -t proc proc "$root/proc"
    ulimit -c 0
    exec env -i "$(command -v chroot)" "$root" /usr/bin/env -C "$folder" PATH=/usr/bin:/bin setpriv \
      --reuid "$user" --regid "$user" --clear-groups --bounding-set -all --inh-caps -all \
      --no-new-privs /usr/bin/env "$@"
  ' - "$root" "$data" "$folder" "$user" "${environment[@]}" "${settings[@]}" "${words[@]}"
}

# What is true of the process itself: who it is, and what it can write.
declare -a settings=()
(inside '["python", "-c", "
import os, pathlib, tempfile
status = pathlib.Path(\"/proc/self/status\").read_text()
assert os.getresuid() == (10001,) * 3 and not os.getgroups(), status
assert \"CapEff:\\t0000000000000000\" in status and \"CapBnd:\\t0000000000000000\" in status, status
assert \"NoNewPrivs:\\t1\" in status, status
for folder in (\"/\", \"/app\", \"/app/lib\", \"/etc\", \"/var/tmp\"):
    try:
        tempfile.TemporaryFile(dir=folder)
    except OSError:
        continue
    raise SystemExit(folder + \" can be written\")
for folder in (\"/data\", \"/tmp\"):
    tempfile.TemporaryFile(dir=folder).close()
script = pathlib.Path(\"/tmp/script\")
script.write_text(\"#!/bin/sh\")
script.chmod(0o700)
assert not os.access(script, os.X_OK)
"]') || fail "the container is not as closed as it should be"
say "uid 10001, no capabilities, no new privileges; only /data and a noexec /tmp can be written"

coproc SIMULATOR { exec "$python" -m bot.simulator; }
simulator=$SIMULATOR_PID
read -r address token <&"${SIMULATOR[0]}"
settings=("PARAGRAF_API_URL=$address" "PARAGRAF_TOKEN=$token" PARAGRAF_LOG_FORMAT=json)

(inside "$entry" '["add", "/data/articles"]') || fail "paragraf add"
(inside "$entry" "$command") >"$scratch/bot.log" 2>&1 &
bot=$!

"$python" - "$address" <<'PYTHON' || { cat "$scratch/bot.log"; fail "the talk with the bot"; }
"""Ask as a person in Telegram would, through the stand-in's control API."""
import json, sys, time, urllib.parse, urllib.request

address = sys.argv[1]

def call(path, **body):
    data = json.dumps(body).encode() if body else None
    headers = {"content-type": "application/json"}
    with urllib.request.urlopen(urllib.request.Request(f"{address}/control/{path}", data, headers)) as reply:
        return json.load(reply)

def wait_for(what, found):
    until = time.monotonic() + 60
    while time.monotonic() < until:
        for message in reversed(call(f"messages?chat={user}")):
            if found(message):
                print("==", what, "—", (message.get("text") or message.get("caption") or "")[:200].replace("\n", " / "))
                return message
        time.sleep(0.2)
    raise SystemExit(f"{what}: not within a minute\n" + json.dumps(call(f"messages?chat={user}"), ensure_ascii=False)[-3000:])

user = call("users", first_name="Anna", language_code="ru")["id"]
call("send", chat=user, user=user, text="Когда откроется морской порт?")
wait_for("an answer with a citation", lambda m: any(e["type"].endswith("blockquote") for e in m.get("entities", ())))
call("send", chat=user, user=user, text="/timeline")
chronology = wait_for("a chronology", lambda m: "Картинка" in json.dumps(m.get("reply_markup", {}), ensure_ascii=False))
button = next(b for row in chronology["reply_markup"]["inline_keyboard"] for b in row if "Картинка" in b["text"])
call("press", chat=user, message=chronology["message_id"], user=user, data=button["callback_data"])
wait_for("its picture, which matplotlib draws", lambda m: "photo" in m)
PYTHON
! grep -iE '"(warning|error|critical)"|traceback' "$scratch/bot.log" || fail "the log has warnings"

# Process 1 of the container is the child of unshare.
first=$(cat "/proc/$bot/task/$bot/children" | tr -d ' ')
say "threads and memory: $(grep -E '^(Threads|VmRSS)' "/proc/$first/status" | tr -s '\t ' ' ' | paste -sd,)"

healthy() { (inside "$health") >/dev/null 2>&1; }
healthy || fail "HEALTHCHECK while the bot runs"
say "HEALTHCHECK says 0 while the bot runs"

began=$(date +%s)
kill -TERM "$first"
code=0; wait "$bot" || code=$?
bot=
[ "$code" = 0 ] || { tail "$scratch/bot.log"; fail "after SIGTERM the exit code is $code"; }
[ $(($(date +%s) - began)) -le 10 ] || fail "SIGTERM took more than 10 seconds"
say "SIGTERM ended it with 0 within $(($(date +%s) - began + 1)) s"

touch -d '2 minutes ago' "$data/heartbeat"
code=0; healthy || code=$?
[ "$code" = 1 ] || fail "HEALTHCHECK with an old heartbeat says $code"
say "HEALTHCHECK says 1 when the heartbeat is old"
say "all is well"
