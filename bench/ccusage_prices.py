#!/usr/bin/env python3
"""Measures the prices that a ccusage binary has embedded, by giving it logs of one token class at a time.

    python3 bench/ccusage_prices.py --ccusage PATH/TO/ccusage --catalog catalog/catalog.json > prices.tsv

Nothing of ccusage is read but its answers. One transcript holds one call per model and probe, each probe on a day of
its own; the cost of the day, divided by the tokens, is the price. Models that it does not price, or prices in several tiers, are left out.
Standard library only.
"""
import argparse
import json
import os
import subprocess
import sys
import tempfile
from decimal import Decimal

PROVIDERS = {"anthropic", "openai", "google", "xai", "deepseek", "mistral", "moonshot", "zai", "alibaba", "minimax"}
CLAUDE_HOSTS = {"bedrock", "vertex"}
EXTRA = """claude-sonnet-4-20250514 claude-opus-4-20250514 claude-opus-4-1-20250805 claude-opus-4-5-20251101
claude-sonnet-4-5-20250929 claude-haiku-4-5-20251001 claude-3-7-sonnet-20250219 claude-3-5-sonnet-20241022
claude-3-5-haiku-20241022 claude-3-opus-20240229 claude-3-haiku-20240307 claude-sonnet-4-6[1m] claude-sonnet-4-5[1m]
claude-sonnet-4-5-20250929[1m] claude-opus-4-6[1m] claude-opus-4-7[1m] claude-opus-4-8[1m] gpt-5-codex gpt-5.1-codex
gpt-5.1-codex-max gpt-5.2-codex codex-mini-latest codex-auto-review grok-code-fast-1 glm-4.6 kimi-k2""".split()
THRESHOLDS = [32_000, 100_000, 128_000, 200_000, 256_000, 272_000, 512_000]
SMALL, LARGE = 1_000, 600_000
INPUT, OUTPUT, WRITE, READ, HOUR = "input", "output", "write", "read", "hour"


def probes():
    """Name of the probe and its tokens; each gets a day."""
    for kind in (INPUT, OUTPUT, WRITE, READ, HOUR):
        yield kind, {kind: SMALL}
        yield "large " + kind, {kind: LARGE}
    yield "large mixed", {INPUT: LARGE, OUTPUT: LARGE}
    yield "fast", {INPUT: SMALL, OUTPUT: SMALL, "fast": True}
    for threshold in THRESHOLDS:
        yield f"at {threshold}", {READ: threshold, INPUT: 0, OUTPUT: SMALL}
        yield f"over {threshold}", {READ: threshold, INPUT: 1, OUTPUT: SMALL}


def names(catalog):
    found = set(EXTRA)
    for model in catalog["models"]:
        wanted = model["provider"] in PROVIDERS or (model["provider"] in CLAUDE_HOSTS and "claude" in model["model"])
        if wanted and "output" in model["prices"][-1]["rates"]:
            found.update([model["model"], *model.get("aliases", [])])
    return sorted(found)


def write_logs(home, models):
    folder = os.path.join(home, ".claude", "projects", "-probe")
    os.makedirs(folder)
    serial = 0
    with open(os.path.join(folder, "probe.jsonl"), "w", encoding="utf-8") as log:
        for day, (_, tokens) in enumerate(probes(), 1):
            for model in models:
                serial += 1
                hour, write = tokens.get(HOUR, 0), tokens.get(WRITE, 0)
                usage = {
                    "input_tokens": tokens.get(INPUT, 0), "output_tokens": tokens.get(OUTPUT, 0),
                    "cache_creation_input_tokens": hour + write, "cache_read_input_tokens": tokens.get(READ, 0),
                    "cache_creation": {"ephemeral_5m_input_tokens": write, "ephemeral_1h_input_tokens": hour},
                }
                if tokens.get("fast"):
                    usage["speed"] = "fast"
                log.write(json.dumps({
                    "type": "assistant", "timestamp": f"2026-05-{day:02}T12:00:00.000Z", "sessionId": "probe",
                    "version": "2.1.100", "requestId": f"req_{serial}",
                    "message": {"id": f"msg_{serial}", "model": model, "role": "assistant", "usage": usage},
                }, separators=(",", ":")) + "\n")


def costs(ccusage, home):
    report = subprocess.run(
        [ccusage, "claude", "daily", "--json", "--offline", "--mode", "calculate"],
        env={"HOME": home, "TZ": "UTC"}, capture_output=True, check=True, text=True).stdout
    labels = [label for label, _ in probes()]
    found = {}
    for row in json.loads(report, parse_float=Decimal, parse_int=Decimal)["daily"]:
        label = labels[int(row["date"][-2:]) - 1]
        for model in row["modelBreakdowns"]:
            if not model.get("missingPricing"):
                found.setdefault(model["modelName"], {})[label] = Decimal(model["cost"])
    return found


def per_million(cost, tokens):
    return (cost * 1_000_000 / tokens).quantize(Decimal("1e-7")).normalize()


def text(number):
    return format(number.normalize(), "f")


def row(model, cost, fast):
    base = {kind: per_million(cost[kind], SMALL) for kind in (INPUT, OUTPUT, WRITE, READ, HOUR)}
    if base[HOUR] != 2 * base[INPUT]:
        raise SystemExit(f"{model}: an hour's write is not twice the input")
    large = {kind: per_million(cost["large " + kind], LARGE) for kind in (INPUT, OUTPUT, WRITE, READ)}
    mixed = per_million(cost["large mixed"], LARGE)
    fields = [model, *(text(base[kind]) for kind in (INPUT, OUTPUT, WRITE, READ))]
    multiplier = Decimal(1)
    if fast is not None:
        multiplier = (fast / ((base[INPUT] + base[OUTPUT]) * SMALL / 1_000_000)).quantize(Decimal("1e-6"))
    fields.append(text(multiplier))
    whole = [limit for limit in THRESHOLDS if jumps(cost, base, limit)]
    if whole:
        # The output is dearer only when the prompt is large, so its price comes from the mixed probe.
        fields += [f"whole>{whole[0]}", text(large[INPUT]), text(mixed - large[INPUT]), text(large[WRITE]), text(large[READ])]
    elif any(large[kind] != base[kind] for kind in large):
        over = {kind: (large[kind] * LARGE - base[kind] * 200_000) / (LARGE - 200_000) for kind in large}
        fields += ["marginal>200000", *(text(over[kind].quantize(Decimal("1e-6"))) for kind in (INPUT, OUTPUT, WRITE, READ))]
    return fields, len(whole)


def jumps(cost, base, limit):
    """Whether one token more than the limit re-rates the whole call: output then costs more, or the reads do."""
    step = cost[f"over {limit}"] - cost[f"at {limit}"]
    return abs(step - base[INPUT] / 1_000_000) > Decimal("1e-5")


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--ccusage", required=True)
    arguments.add_argument("--catalog", required=True)
    options = arguments.parse_args()
    with open(options.catalog, encoding="utf-8") as file:
        models = names(json.load(file))
    with tempfile.TemporaryDirectory() as home:
        write_logs(home, models)
        found = costs(options.ccusage, home)
    left_out = 0
    for model in models:
        fields, tiers = row(model, found[model], found.get(model + "-fast", {}).get("fast")) if OUTPUT in found.get(model, {}) else ([], 0)
        if fields and tiers < 2:
            print("\t".join(fields))
        else:
            left_out += 1
    print(f"{len(models)} names, {left_out} without a price or with several tiers left out", file=sys.stderr)


if __name__ == "__main__":
    main()
