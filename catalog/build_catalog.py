#!/usr/bin/env python3
"""Builds prices.json from a compiled core catalog.

    python3 catalog/build_catalog.py path/to/catalog.core.json

Standard library only and deterministic: the same input gives the same bytes. Facts carry over unchanged; what this
script changes on purpose stands in the tables below, each with its reason. Prices are never computed here.
"""
import hashlib
import json
import pathlib
import re
import sys

HERE = pathlib.Path(__file__).resolve().parent

# Rows of the input that never match an id somebody sends, or that repeat another row.
DROPPED = {
    "bedrock/regional.": "a made-up name for 'any geographic profile'; equals the in-region row x the profile factor",
    "morph/auto": "a router's name, not a model: `auto` never names what was called",
}

# Ids of rows that repeat another row at the same price (the other row has more components): kept as its alias.
MERGED = {
    "bedrock/global.anthropic.claude-fable-5-v1:0": "bedrock/global.anthropic.claude-fable-5",
    "bedrock/global.anthropic.claude-opus-4-5-v1:0": "bedrock/global.anthropic.claude-opus-4-5-20251101-v1:0",
    "bedrock/global.anthropic.claude-opus-4-6-v1:0": "bedrock/global.anthropic.claude-opus-4-6-v1",
    "bedrock/global.anthropic.claude-opus-4-7-v1:0": "bedrock/global.anthropic.claude-opus-4-7",
    "bedrock/global.anthropic.claude-opus-4-8-v1:0": "bedrock/global.anthropic.claude-opus-4-8",
    "bedrock/global.anthropic.claude-sonnet-4-6-v1:0": "bedrock/global.anthropic.claude-sonnet-4-6",
    # Its second period is the rise of 2026-09-01, announced and then cancelled.
    "bedrock/global.anthropic.claude-sonnet-5-v1:0": "bedrock/global.anthropic.claude-sonnet-5",
}

# Published: geographic profiles of Claude 4.5 and later cost 1.1x the global endpoint on every token class.
PROFILE_FACTOR = "1.1"
PROFILE_MODELS = re.compile(
    r"^(bedrock/anthropic\.|anthropic/)claude-(haiku-4-5|opus-4-5|sonnet-4-5|(opus|sonnet|haiku)-4-[6-9]"
    r"|(opus|sonnet|haiku|fable|mythos)-([5-9]))")

# `inference_geo_us` of Anthropic, `data_residency_us|eu` of OpenAI and `us_regional_endpoint` of xAI are one thing:
# the region that the response names, and a factor on every token class.
GEO = {
    "inference_geo_us": "us",
    "data_residency_us": "us",
    "data_residency_eu": "eu",
    "us_regional_endpoint": "us",
}

# OpenAI calls its priority tier "Fast mode" since 2026-07-30; both names are accepted.
FAST_IS_PRIORITY = {"openai"}

ORDER = {
    component: place for place, component in enumerate([
        "input", "cache_read", "cache_write_5m", "cache_write_1h", "output", "reasoning",
        "input_audio", "cache_read_audio", "output_audio", "input_image", "cache_read_image", "output_image",
        "input_video", "output_video", "citation"])
}


def rates(table):
    return {name: table[name] for name in sorted(table, key=lambda name: ORDER[name])}


def tiers(source):
    made = []
    for tier in source:
        row = {"over" if tier["op"] == "gt" else "at_least": tier["threshold"]}
        if tier["scope"] != "whole_request":
            row["scope"] = tier["scope"]
        row["rates"] = rates(tier["rates"])
        made.append(row)
    return made


def card(source):
    made = {"rates": rates(source["rates"])}
    if source.get("tiers"):
        made["tiers"] = tiers(source["tiers"])
    return made


def units(source):
    """Web searches are priced per search; request fees by search size are told, not charged (the size is unknown)."""
    priced, left_out = {}, None
    if "web_search" in source:
        priced["web_search"] = source["web_search"]
    elif "web_search_medium" in source and "request" not in source:
        priced["web_search"] = source["web_search_medium"]
    if "request" in source or "web_search_low" in source:
        sizes = [source["web_search_" + size]["usd"] for size in ("low", "medium", "high") if "web_search_" + size in source]
        what = "a fee per request" if "request" in source else "web searches, priced here at the medium size,"
        left_out = f"{what} of {'/'.join(sizes)} USD per 1,000 by search context size (low/medium/high)"
    return priced, left_out


def window(source):
    made = {name: source[name] for name in ("label", "tz", "days", "ranges")}
    if "exclude_calendar" in source:
        made["except"] = source["exclude_calendar"]
    made["rates"] = rates(source["rates"])
    return made


def period(provider, source):
    made = {}
    if source["effective_from"]:
        made["from"] = source["effective_from"]
    if source["effective_to"]:
        made["to"] = source["effective_to"]
    alias = re.match(r"alias of ([a-z0-9.-]+)", source["source"])
    if alias:
        made["as"] = f"{provider}/{alias.group(1)}"
    else:
        priced(provider, source, made)
    for name in ("free", "promo", "note", "filled", "source", "as_of", "confidence"):
        if name in source:
            made[name] = source[name]
    return made


def priced(provider, source, made):
    made["rates"] = rates(source["rates"])
    if source.get("tiers"):
        made["tiers"] = tiers(source["tiers"])
    service = source.get("service_tiers", {})
    if service:
        made["service_tiers"] = {name: card(service[name]) for name in ("batch", "flex", "priority") if name in service}
    if "fast" in source.get("modes", {}):
        made["fast"] = card(source["modes"]["fast"])
    elif provider in FAST_IS_PRIORITY and "priority" in service:
        made["fast"] = "priority"
    regions = {GEO[name]: factor for name, factor in source.get("multipliers", {}).items()}
    if regions:
        made["geo"] = {name: regions[name] for name in sorted(regions, reverse=True)}
    if source.get("windows"):
        made["windows"] = [window(one) for one in source["windows"]]
    counted, left_out = units(source.get("units", {}))
    if counted:
        made["units"] = counted
    if left_out:
        made["excludes"] = left_out


def swapped(model):
    """Anthropic's ids name the family first, older ids and Cursor the version: claude-opus-4-6, claude-4-6-opus."""
    parts = re.fullmatch(r"claude-([a-z]+)-(\d+(?:-\d+)?)", model)
    return f"claude-{parts.group(2)}-{parts.group(1)}" if parts else None


def model_row(source, merged):
    provider = source["provider"]
    made = {"key": source["key"], "name": source["name"]}
    ids = sorted(set(source.get("aliases", [])) | set(merged.get(source["key"], [])))
    turned = swapped(source["model"]) if provider == "anthropic" else None
    if turned and turned not in ids:
        ids = sorted([*ids, turned])
    if ids:
        made["ids"] = ids
    if source.get("rolling"):
        made["rolling"] = True
    if source.get("rolling_aliases"):
        made["rolling_ids"] = source["rolling_aliases"]
    if PROFILE_MODELS.match(source["key"]):
        made["profile"] = PROFILE_FACTOR
    if source["status"] != "active":
        made["status"] = source["status"]
    for name in ("released", "retires", "context"):
        if name in source:
            made[name] = source[name]
    if source.get("mode") in ("embedding", "realtime"):
        made["kind"] = source["mode"]
    if source.get("disputed"):
        made["disputed"] = True
    if source.get("conflicts"):
        made["conflicts"] = [f"{one['component']}: {one['other']} ({one['other_source']})" for one in source["conflicts"]]
    made["prices"] = [period(provider, one) for one in source["prices"]]
    return made


def dropped(key):
    return key in MERGED or any(key == name or (name.endswith(".") and key.startswith(name)) for name in DROPPED)


def line(value):
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def block(name, rows, last=False):
    return f'"{name}":[\n' + ",\n".join(line(row) for row in rows) + ("\n]\n}\n" if last else "\n],\n")


def build(core):
    known = {source["key"] for source in core["models"]}
    merged = {}
    for key, target in MERGED.items():
        if key not in known or target not in known:
            raise SystemExit(f"{key}: the row to merge, or its target {target}, is gone from the input; look again")
        merged.setdefault(target, []).append(key.split("/", 1)[1])
    models = [model_row(source, merged) for source in core["models"] if not dropped(source["key"])]
    models.sort(key=lambda row: row["key"])
    providers = json.loads((HERE / "providers.json").read_text("utf-8"))["providers"]
    named = {row["id"] for row in providers}
    missing = sorted({row["key"].split("/", 1)[0] for row in models} - named)
    if missing:
        raise SystemExit(f"providers.json does not know: {', '.join(missing)}")
    sources = [{name: one[name] for name in ("id", "url", "licence", "snapshot", "commit", "role") if name in one}
               for one in core["sources"]]
    body = f'"as_of":"{core["generated_at"]}","currency":"USD","unit":"USD per 1,000,000 tokens",\n'
    body += block("sources", sources) + block("providers", providers) + block("models", models, last=True)
    version = f'{core["generated_at"]}+{hashlib.sha256(body.encode("utf-8")).hexdigest()[:12]}'
    return f'{{"schema":1,"version":"{version}",\n{body}', len(models), version


def main():
    if len(sys.argv) != 2:
        raise SystemExit(__doc__)
    core = json.loads(pathlib.Path(sys.argv[1]).read_text("utf-8"))
    text, count, version = build(core)
    json.loads(text)
    (HERE / "prices.json").write_text(text, "utf-8")
    print(f"prices.json: {count} rows, version {version}, {len(text.encode('utf-8'))} bytes")


if __name__ == "__main__":
    main()
