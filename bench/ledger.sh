#!/usr/bin/env bash
# Times holds and captures of the credit ledger beside a wallet that locks its row, in one run on one machine.
#
#   bench/ledger.sh [--seconds 8] [--clients 64]
#
# Every step of ours and every transaction of the naive wallet is answered when it is on disk. The clients run in the same
# process as the ledger, as a gateway would. Needs dotnet and PostgreSQL 15 (initdb, pg_ctl, pgbench, createdb, psql).
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

seconds=8 clients=64
while [ $# -gt 0 ]; do
  case $1 in
    --seconds) seconds=$2; shift 2 ;;
    --clients) clients=$2; shift 2 ;;
    *) sed -n '2,8p' "$0"; exit 2 ;;
  esac
done

for folder in /usr/lib/postgresql/*/bin; do [ -d "$folder" ] && PATH=$folder:$PATH; done
work=$(mktemp -d)
port=$(( 20000 + $$ % 20000 ))
as=()
if [ "$(id -u)" -eq 0 ]; then
  chown postgres "$work"
  as=(setpriv --reuid=postgres --regid=postgres --clear-groups)
fi
stop() { "${as[@]}" pg_ctl -D "$work/data" -m immediate stop > /dev/null 2>&1 || true; rm -rf "$work"; }
trap stop EXIT

echo "build …" >&2
dotnet build bench/Farthing.LedgerLoad -c Release --nologo -v quiet > /dev/null
load() { dotnet artifacts/bin/Farthing.LedgerLoad/release/Farthing.LedgerLoad.dll "$@"; }

echo "start PostgreSQL …" >&2
(cd "$work" && "${as[@]}" initdb -D data -U farthing -A trust -E UTF8 --locale=C.UTF-8 > /dev/null 2>&1 &&
  "${as[@]}" pg_ctl -D data -w -l log -o "-c listen_addresses=127.0.0.1 -p $port -k $work -c max_connections=200" start > /dev/null)
sql() { psql -q -h 127.0.0.1 -p "$port" -U farthing -d "$1" -c "$2"; }
sql postgres "CREATE TABLE naive_wallet (id int PRIMARY KEY, balance bigint NOT NULL CHECK (balance >= 0))"
sql postgres "CREATE TABLE naive_debit (id uuid PRIMARY KEY, wallet int NOT NULL, amount bigint NOT NULL)"
sql postgres "INSERT INTO naive_wallet SELECT n, 1000000000 FROM generate_series(1, 1000) n"
naive() {
  pgbench -h 127.0.0.1 -p "$port" -U farthing -n -f bench/Farthing.LedgerLoad/naive.sql -D wallets="$1" -c "$clients" -j 2 -T "$seconds" postgres 2>/dev/null |
    awk '/^tps/ { print int($3) }'
}

printf '%s, %s cores, %s clients, %s s each\n' "$(uname -m)" "$(nproc)" "$clients" "$seconds"
for row in "1 1" "1000 1" "1000 50"; do
  read -r wallets orgs <<< "$row"
  base=$(naive "$wallets")
  printf 'naive, PostgreSQL  %6s wallets  %8s transactions/s\n' "$wallets" "$base"
  for engine in postgres sqlite; do
    if [ "$engine" = postgres ]; then
      sql postgres "CREATE DATABASE ledger_${wallets}_$orgs"
      where=postgres://farthing@127.0.0.1:$port/ledger_${wallets}_$orgs
    else
      where=$work/ledger-$wallets-$orgs.db
      [ ${#as[@]} -eq 0 ] || chmod 777 "$work"
    fi
    said=$(load "$where" "$wallets" "$orgs" "$clients" "$seconds") || { echo "$said"; exit 1; }
    awk -v engine="$engine" -v base="$base" '/ a second/ {
      for (i = 2; i <= NF; i++) if ($i == "a" && $(i + 1) == "second") each = $(i - 1)
      printf "Farthing, %-8s %s  = %.1f x naive\n", engine, $0, each / base
      next
    } { print "          " $0 }' <<< "$said"
  done
done
