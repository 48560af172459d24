#!/usr/bin/env bash
# Times the pages of the dashboard over the calls of an invented company, weighs them and counts what they ask of the store.
#
#   bench/pages.sh [--events 10000000] [--rounds 20] [--postgres] [--work DIR]
#
# --events    how many calls; the people are the same whatever the number
# --rounds    how often the first byte of every page is waited for, after three times to warm up
# --postgres  over a private PostgreSQL 15 instead of the embedded store
# --work      keep builds and the filled store there and use them again, as bench/finops.sh does, and print two pages into it
#
# Needs: dotnet; Chromium at /usr/bin/chromium, without which nothing is drawn; for --postgres initdb, pg_ctl and psql on
# PATH or under /usr/lib/postgresql.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

events=10000000 rounds=20 postgres= work= keep=yes port=17435
while [ $# -gt 0 ]; do
  case $1 in
    --events) events=$2; shift 2 ;;
    --rounds) rounds=$2; shift 2 ;;
    --postgres) postgres=yes; shift ;;
    --work) work=$2; shift 2 ;;
    *) sed -n '2,12p' "$0"; exit 2 ;;
  esac
done

if [ -z "$work" ]; then work=$(mktemp -d) keep=; fi
mkdir -p "$work"
work=$(cd "$work" && pwd)
for folder in /usr/lib/postgresql/*/bin; do [ -d "$folder" ] && PATH=$folder:$PATH; done
as=()
if [ "$(id -u)" = 0 ] && [ -n "$postgres" ]; then
  # PostgreSQL refuses root, and its user must be able to enter the folder.
  as=(setpriv --reuid=postgres --regid=postgres --clear-groups)
  chmod 755 "$work"
fi
pg=$work/pg-$events
end() {
  if [ -n "$postgres" ] && [ -f "$pg/data/postmaster.pid" ]; then
    (cd / && "${as[@]}" pg_ctl -D "$pg/data" -m fast stop > /dev/null) || true
  fi
  if [ -z "$keep" ]; then rm -rf "$work"; fi
}
trap end EXIT

# The database that bench/finops.sh --postgres fills, too.
open_postgres() {
  if [ ! -d "$pg" ]; then
    mkdir "$pg" && chmod 777 "$pg"
    (cd / && "${as[@]}" initdb -D "$pg/data" -U farthing -A trust -E UTF8 --locale=C.UTF-8 > /dev/null)
  fi
  (cd / && "${as[@]}" pg_ctl -D "$pg/data" -w -l "$pg/log" \
    -o "-c listen_addresses=127.0.0.1 -p $port -k $pg -c shared_buffers=512MB -c max_wal_size=4GB" start > /dev/null)
  if [ -z "$(psql -q -h 127.0.0.1 -p "$port" -U farthing -d postgres -Atc "SELECT 1 FROM pg_database WHERE datname = 'usage'")" ]; then
    psql -q -h 127.0.0.1 -p "$port" -U farthing -d postgres -c 'CREATE DATABASE usage'
    dotnet "$work/bin/Farthing.Bench.FinOps.dll" fill "$store" "$events"
    psql -q -h 127.0.0.1 -p "$port" -U farthing -d usage -c 'VACUUM ANALYZE'
  fi
}

dotnet build bench/Farthing.Bench.FinOps -c Release -o "$work/bin" --nologo -v quiet > /dev/null
dotnet build bench/Farthing.Bench.Pages -c Release -o "$work/pages" --nologo -v quiet > /dev/null
if [ -n "$postgres" ]; then
  store=postgres://farthing@127.0.0.1:$port/usage
  open_postgres
else
  store=$work/usage-$events.db
  [ -f "$store" ] || dotnet "$work/bin/Farthing.Bench.FinOps.dll" fill "$store" "$events"
fi
printf '%s, %s cores, load %s, %s events, %s rounds\n\n' "$(uname -m)" "$(nproc)" "$(cut -d ' ' -f 1 /proc/loadavg)" "$events" "$rounds"
dotnet "$work/pages/Farthing.Bench.Pages.dll" "$store" "$rounds" "$work"
