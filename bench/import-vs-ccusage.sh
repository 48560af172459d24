#!/usr/bin/env bash
# Times farthing against ccusage over the same generated logs, in turn and in one run.
#
#   bench/import-vs-ccusage.sh [--rounds 7] [--mb 200] [--work DIR]
#
# --rounds  counted rounds; one more goes before them to warm up
# --mb      megabytes of Claude Code logs, and as many of Codex logs
# --work    keep logs, builds and results there and use them again; else a temporary folder is made and removed
#
# Needs: dotnet, node with npm, python3. Nothing is read from or written to the user's own folders.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

rounds=7 megabytes=200 work=
while [ $# -gt 0 ]; do
  case $1 in
    --rounds) rounds=$2; shift 2 ;;
    --mb) megabytes=$2; shift 2 ;;
    --work) work=$2; shift 2 ;;
    *) sed -n '2,11p' "$0"; exit 2 ;;
  esac
done

if [ -z "$work" ]; then
  work=$(mktemp -d)
  trap 'rm -rf "$work"' EXIT
fi
mkdir -p "$work"
work=$(cd "$work" && pwd)

echo "publish farthing …" >&2
# Restoring for one platform writes it into the lock files, where it does not belong.
find src -name packages.lock.json -not -path '*/obj/*' -print0 | tar --create --file "$work/locks.tar" --null --files-from -
dotnet publish src/Farthing -c Release -r linux-x64 --self-contained false -o "$work/farthing" --nologo -v quiet >&2
tar --extract --file "$work/locks.tar"

tree=$work/logs-$megabytes
if [ ! -f "$tree/truth.json" ]; then
  echo "generate 2 × $megabytes MB of logs …" >&2
  python3 bench/gen_logs.py --out "$tree" --seed 42 --claude-mb "$megabytes" --codex-mb "$megabytes" --days 90 > /dev/null
fi

ccusage=$work/ccusage/node_modules/@ccusage/ccusage-linux-x64/bin/ccusage
if [ ! -x "$ccusage" ]; then
  echo "install ccusage 20.0.24 …" >&2
  npm install --silent --no-audit --no-fund --prefix "$work/ccusage" ccusage@20.0.24 @ccusage/ccusage-linux-x64@20.0.24 >&2
  chmod +x "$ccusage"
fi

dotnet_root=$(dirname "$(readlink -f "$(command -v dotnet)")")
python3 bench/import_vs_ccusage.py \
  --farthing "$work/farthing/farthing" --ccusage "$ccusage" --dotnet-root "$dotnet_root" \
  --tree "$tree" --work "$work/run" --rounds "$rounds" | tee "$work/result.md"
