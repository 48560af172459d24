#!/usr/bin/env bash
# Times the pages of the dashboard over the calls of an invented company, weighs them and counts what they ask of the store.
#
#   bench/pages.sh [--events 10000000] [--rounds 20] [--work DIR]
#
# --events    how many calls; the people are the same whatever the number
# --rounds    how often the first byte of every page is waited for, after three times to warm up
# --work      keep builds and the filled store there and use them again, as bench/finops.sh does, and print two pages into it
#
# Needs: dotnet; Chromium at /usr/bin/chromium, without which nothing is drawn.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

events=10000000 rounds=20 work=
while [ $# -gt 0 ]; do
  case $1 in
    --events) events=$2; shift 2 ;;
    --rounds) rounds=$2; shift 2 ;;
    --work) work=$2; shift 2 ;;
    *) sed -n '2,10p' "$0"; exit 2 ;;
  esac
done

if [ -z "$work" ]; then
  work=$(mktemp -d)
  trap 'rm -rf "$work"' EXIT
fi
mkdir -p "$work"
work=$(cd "$work" && pwd)
dotnet build bench/Farthing.Bench.FinOps -c Release -o "$work/bin" --nologo -v quiet > /dev/null
dotnet build bench/Farthing.Bench.Pages -c Release -o "$work/pages" --nologo -v quiet > /dev/null
store=$work/usage-$events.db
[ -f "$store" ] || dotnet "$work/bin/Farthing.Bench.FinOps.dll" fill "$store" "$events"
printf '%s, %s cores, load %s, %s events, %s rounds\n\n' "$(uname -m)" "$(nproc)" "$(cut -d ' ' -f 1 /proc/loadavg)" "$events" "$rounds"
dotnet "$work/pages/Farthing.Bench.Pages.dll" "$store" "$rounds" "$work"
