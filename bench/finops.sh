#!/usr/bin/env bash
# Times what the FinOps endpoints ask of a store, and their answers over HTTP, over the calls of an invented company.
#
#   bench/finops.sh [--events 10000000] [--rounds 40] [--postgres] [--work DIR]
#
# --events    how many calls; the people are the same whatever the number
# --rounds    how often every question is asked, after three times (over HTTP 150, until all is compiled in full) to warm up
# --postgres  over a private PostgreSQL 15 instead of the embedded store, with the 30-day breakdown by team and model
#             also as a GROUP BY over the raw calls
# --work      keep builds and the filled store there and use them again; else a temporary folder is made and removed
#
# Needs: dotnet, curl; for --postgres initdb, pg_ctl and psql on PATH or under /usr/lib/postgresql.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

events=10000000 rounds=40 postgres= work=
while [ $# -gt 0 ]; do
  case $1 in
    --events) events=$2; shift 2 ;;
    --rounds) rounds=$2; shift 2 ;;
    --postgres) postgres=yes; shift ;;
    --work) work=$2; shift 2 ;;
    *) sed -n '2,12p' "$0"; exit 2 ;;
  esac
done

keep=yes port=$(( 20000 + $$ % 20000 ))
if [ -z "$work" ]; then
  work=$(mktemp -d) keep=
fi
mkdir -p "$work"
work=$(cd "$work" && pwd)
for folder in /usr/lib/postgresql/*/bin; do [ -d "$folder" ] && PATH=$folder:$PATH; done
as=()
if [ "$(id -u)" = 0 ]; then
  # PostgreSQL refuses root, and its user must be able to enter the folder.
  as=(setpriv --reuid=postgres --regid=postgres --clear-groups)
  chmod 755 "$work"
fi
pg=$work/pg-$events
server=
end() {
  if [ -n "$server" ]; then kill "$server" 2> /dev/null || true; fi
  if [ -f "$pg/data/postmaster.pid" ]; then
    (cd / && "${as[@]}" pg_ctl -D "$pg/data" -m fast stop > /dev/null) || true
  fi
  if [ -z "$keep" ]; then rm -rf "$work"; fi
}
trap end EXIT

dotnet build bench/Farthing.Bench.FinOps -c Release -o "$work/bin" --nologo -v quiet > /dev/null
dotnet publish src/Farthing -c Release -o "$work/farthing" --nologo -v quiet > /dev/null
load() { dotnet "$work/bin/Farthing.Bench.FinOps.dll" "$@"; }

# visit DATABASE: the same over HTTP, by the operator of a server over the filled store.
visit() {
  export FARTHING_ADMIN_KEY=only-this-benchmark-knows-it-for-a-minute FARTHING_DATA=$work/data FARTHING_TIMEZONE=UTC
  if [ "$1" = embedded ]; then
    mkdir -p "$work/data" && ln -sf "$where" "$work/data/farthing.db"
  else
    export FARTHING_DATABASE=$1
  fi
  "$work/farthing/farthing" serve --urls "http://127.0.0.1:$((port + 1))" > "$work/server.log" 2>&1 &
  server=$!
  for _ in $(seq 100); do curl -fs "http://127.0.0.1:$((port + 1))/healthz" > /dev/null 2>&1 && break; sleep 0.1; done
  load visit "http://127.0.0.1:$((port + 1))" "$rounds"
  kill "$server" && wait "$server" || true
  server=
}

printf '%s, %s cores, load %s, %s events, %s rounds\n' "$(uname -m)" "$(nproc)" "$(cut -d ' ' -f 1 /proc/loadavg)" "$events" "$rounds"
if [ -z "$postgres" ]; then
  where=$work/usage-$events.db
  [ -f "$where" ] || load fill "$where" "$events"
  load ask "$where" "$rounds"
  visit embedded
  exit
fi

if [ ! -d "$pg" ]; then
  mkdir "$pg" && chmod 777 "$pg"
  (cd / && "${as[@]}" initdb -D "$pg/data" -U farthing -A trust -E UTF8 --locale=C.UTF-8 > /dev/null)
fi
(cd / && "${as[@]}" pg_ctl -D "$pg/data" -w -l "$pg/log" \
  -o "-c listen_addresses=127.0.0.1 -p $port -k $pg -c shared_buffers=512MB -c max_wal_size=4GB" start > /dev/null)
sql() { psql -q -h 127.0.0.1 -p "$port" -U farthing "$@"; }
where=postgres://farthing@127.0.0.1:$port/usage
if [ -z "$(sql -d postgres -Atc "SELECT 1 FROM pg_database WHERE datname = 'usage'")" ]; then
  sql -d postgres -c 'CREATE DATABASE usage'
  load fill "$where" "$events"
  sql -d usage -c 'VACUUM ANALYZE'
fi
load ask "$where" "$rounds"
visit "$where"
first=$(printf '%08x' "$(date -u -d '2026-10-26 17:30' +%s)") last=$(printf '%08x' "$(date -u -d '2026-11-25 17:30:01' +%s)")
echo 'The breakdown over raw calls:'
for _ in 1 2 3 4 5; do
  sql -d usage -At -c '\timing on' -c "
    SELECT s.team, s.model, count(*), sum(input), sum(cache_read), sum(cache_write_5m), sum(cache_write_1h), sum(output),
      sum(cost_input + cost_cache_read + cost_cache_write_5m + cost_cache_write_1h + cost_output + cost_modalities + cost_units)
    FROM events e JOIN series s ON s.id = e.series
    WHERE e.id >= '$first-0000-0000-0000-000000000000' AND e.id < '$last-0000-0000-0000-000000000000'
    GROUP BY 1, 2" | grep '^Time'
done
