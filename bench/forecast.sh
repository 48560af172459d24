#!/usr/bin/env bash
# How good forecasts are, how often their intervals hold, and what one costs: on the daily series in bench/data/nn5-dev.csv.
#
#   bench/forecast.sh
#
# Needs dotnet; takes about a minute. All figures but the times are the same on every machine.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

dotnet build bench/Farthing.Bench.Forecast -c Release --nologo -v quiet >&2
dotnet artifacts/bin/Farthing.Bench.Forecast/release/Farthing.Bench.Forecast.dll bench/data/nn5-dev.csv
echo "load of the machine meanwhile: $(cut -d' ' -f1-3 /proc/loadavg)" >&2
