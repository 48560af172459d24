#!/usr/bin/env bash
# Durable events per second through POST /api/v1/usage, client and server on this machine.
#
#   bench/intake.sh [--seconds 5] [--rounds 3] [--postgres] [--work DIR]
#
# --seconds   how long each row is measured, after two seconds to warm up
# --rounds    how often each row is measured; every round has a server and a store of its own
# --postgres  also over a private PostgreSQL 15 with fsync on, beside the naive way by pgbench in the same round
# --work      keep builds there and use them again; else a temporary folder is made and removed
#
# Needs: dotnet, curl; for --postgres initdb, pg_ctl, createdb, psql and pgbench on PATH or under /usr/lib/postgresql.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

seconds=5 rounds=3 postgres= work=
while [ $# -gt 0 ]; do
  case $1 in
    --seconds) seconds=$2; shift 2 ;;
    --rounds) rounds=$2; shift 2 ;;
    --postgres) postgres=yes; shift ;;
    --work) work=$2; shift 2 ;;
    *) sed -n '2,11p' "$0"; exit 2 ;;
  esac
done

key=operator-of-the-benchmark-on-loopback port=17427 pgport=17428 server= keep=yes
if [ -z "$work" ]; then
  work=$(mktemp -d) keep=
fi
mkdir -p "$work"
work=$(cd "$work" && pwd)
pg=$work/pg
as=()
if [ "$(id -u)" = 0 ]; then
  # PostgreSQL refuses root, and its user must be able to enter the folder.
  as=(setpriv --reuid=postgres --regid=postgres --clear-groups)
  chmod 755 "$work"
fi
PATH=$PATH:$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | tail -1)

stop_server() {
  if [ -n "$server" ]; then
    kill "$server" 2>/dev/null || true
    wait "$server" 2>/dev/null || true
    server=
  fi
}
stop_postgres() {
  if [ -f "$pg/data/postmaster.pid" ]; then
    (cd / && "${as[@]}" pg_ctl -D "$pg/data" -m immediate stop > /dev/null) || true
  fi
  rm -rf "$pg"
}
end() {
  stop_server
  stop_postgres
  rm -rf "$work/data"
  if [ -z "$keep" ]; then rm -rf "$work"; fi
}
trap end EXIT

echo "publish farthing and the client …" >&2
# Restoring for one platform writes it into the lock files, where it does not belong.
find src bench -name packages.lock.json -not -path '*/obj/*' -print0 | tar --create --file "$work/locks.tar" --null --files-from -
dotnet publish src/Farthing -c Release -r linux-x64 --self-contained false -o "$work/farthing" --nologo -v quiet >&2
dotnet publish bench/Farthing.Bench.Intake -c Release -o "$work/client" --nologo -v quiet >&2
tar --extract --file "$work/locks.tar"

# $1: the database's URL, or nothing for the embedded store
start_server() {
  rm -rf "$work/data"
  mkdir -p "$work/data"
  FARTHING_DATA=$work/data FARTHING_DATABASE=${1:-sqlite} FARTHING_ADMIN_KEY=$key \
    "$work/farthing/farthing" serve --urls "http://127.0.0.1:$port" > "$work/server.log" 2>&1 &
  server=$!
  for _ in $(seq 100); do
    if curl -fs "http://127.0.0.1:$port/healthz" > /dev/null; then return; fi
    sleep 0.1
  done
  cat "$work/server.log" >&2
  exit 1
}

# $1: what is stored in
measure() {
  for row in "batches 16 1000" "batches 64 1000" "single 64 1" "single 256 1" "duplicates 16 1000"; do
    read -r name connections events <<< "$row"
    dotnet "$work/client/Farthing.Bench.Intake.dll" "127.0.0.1:$port" "$key" "$1 $name" "$connections" "$events" "$seconds" "$server"
  done
}

start_postgres() {
  stop_postgres
  mkdir -p "$pg"
  if [ ${#as[@]} -gt 0 ]; then chown postgres "$pg"; fi
  (
    cd /
    "${as[@]}" initdb -D "$pg/data" -U farthing -A trust -E UTF8 --locale=C.UTF-8 --no-sync > /dev/null
    "${as[@]}" pg_ctl -D "$pg/data" -w -t 60 -l "$pg/log" -o "-c listen_addresses=127.0.0.1 -p $pgport -k $pg -c fsync=on" start > /dev/null
    createdb -h 127.0.0.1 -p "$pgport" -U farthing farthing
  )
}

naive() {
  psql -q -h 127.0.0.1 -p "$pgport" -U farthing -f bench/naive_tables.sql farthing
  tps=$(pgbench -n -h 127.0.0.1 -p "$pgport" -U farthing -c 64 -j 2 -T "$seconds" -f bench/naive_events.sql farthing 2> /dev/null | sed -n 's/^tps = \([0-9]*\).*/\1/p')
  echo "| naive INSERT, pgbench | 64 | 1 | $tps | $tps | | | | | |"
}

echo "| store and load | connections | events a request | events/s | requests/s | p50 ms | p99 ms | server CPU | client CPU | server MB |"
echo "|---|---|---|---|---|---|---|---|---|---|"
for _ in $(seq "$rounds"); do
  start_server
  measure sqlite
  stop_server
  if [ -n "$postgres" ]; then
    start_postgres
    naive
    start_server "postgres://farthing@127.0.0.1:$pgport/farthing"
    measure postgres
    stop_server
    stop_postgres
  fi
done
echo "load of the machine meanwhile: $(cut -d' ' -f1-3 /proc/loadavg)" >&2
