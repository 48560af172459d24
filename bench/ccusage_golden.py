#!/usr/bin/env python3
"""Writes the golden files by which the tests hold our model of ccusage's rules to ccusage itself.

    python3 bench/ccusage_golden.py --ccusage PATH/TO/ccusage

For each small synthetic tree: calls.csv, every call once (checked against the generator's own truth), and what each
report of ccusage says about the tree. Standard library only.
"""
import argparse
import collections
import csv
import glob
import json
import os
import shutil
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
TREES = {
    "mixed": ["--seed", "20", "--claude-mb", "0.45", "--codex-mb", "0.35", "--days", "12"],
    "long": ["--seed", "690", "--claude-mb", "0.4", "--codex-mb", "0", "--days", "12"],
    "no-request-id": ["--seed", "147", "--claude-mb", "0.45", "--codex-mb", "0.35", "--days", "12", "--profile", "traps", "--hazards", "on"],
    "replays": ["--seed", "132", "--claude-mb", "0.45", "--codex-mb", "0.35", "--days", "12", "--profile", "traps", "--hazards", "on"],
}
REPORTS = {
    "daily": ["daily"], "weekly": ["weekly"], "monthly": ["monthly"], "session": ["session"], "blocks": ["blocks"],
    "claude-daily": ["claude", "daily", "--mode", "calculate"], "claude-weekly": ["claude", "weekly"],
    "claude-session": ["claude", "session"], "codex-daily": ["codex", "daily"], "codex-session": ["codex", "session"],
}
COLUMNS = ["agent", "time", "session", "model", "input", "cache_read", "cache_write_5m", "cache_write_1h", "output",
           "web_search", "fast", "request_id", "reported"]


def records(path):
    with open(path, "rb") as log:
        for line in log:
            try:
                record = json.loads(line)
            except ValueError:
                continue
            if isinstance(record, dict):
                yield record


def claude(home):
    calls = {}
    for path in sorted(glob.glob(home + "/.claude/projects/**/*.jsonl", recursive=True)):
        for record in records(path):
            message = record.get("message")
            usage = message.get("usage") if isinstance(message, dict) else None
            if record.get("type") != "assistant" or not usage or message.get("model") == "<synthetic>" or not isinstance(usage.get("input_tokens"), int):
                continue
            write, split = usage.get("cache_creation_input_tokens", 0), usage.get("cache_creation") or {}
            hour = split.get("ephemeral_1h_input_tokens", 0)
            call = {
                "agent": "claude", "time": record["timestamp"], "session": record["sessionId"], "model": message["model"],
                "input": usage["input_tokens"], "cache_read": usage.get("cache_read_input_tokens", 0),
                "cache_write_5m": write - hour, "cache_write_1h": hour, "output": usage["output_tokens"],
                "web_search": (usage.get("server_tool_use") or {}).get("web_search_requests", 0),
                "fast": int(usage.get("speed") == "fast"), "request_id": int("requestId" in record), "reported": record.get("costUSD", ""),
            }
            rank = (not record["isSidechain"], call["input"] + write + call["cache_read"] + call["output"])
            known = calls.get(message["id"])
            best = (rank, call) if known is None or rank > known[0] else known
            first = min(known[1], call, key=lambda c: (c["time"], c["session"])) if known else call
            calls[message["id"]] = (best[0], {**best[1], "time": first["time"], "session": first["session"]})
    return [call for _, call in calls.values()]


def codex(home):
    threads = {}
    for path in sorted(glob.glob(home + "/.codex/**/*.jsonl", recursive=True)):
        meta, model, events = {}, None, []
        for record in records(path):
            payload = record["payload"]
            if record["type"] == "session_meta":
                meta = payload
            elif record["type"] == "turn_context":
                model = payload["model"]
            elif payload.get("type") == "token_count" and payload["info"]:
                events.append((record["timestamp"], model, payload["info"]))
        threads.setdefault(meta["id"], (meta, events))
    for thread, (meta, events) in threads.items():
        source = meta["source"] if isinstance(meta.get("source"), dict) else {}
        parent = meta.get("forked_from_id") or source.get("subagent", {}).get("thread_spawn", {}).get("parent_thread_id")
        replayed = [info["total_token_usage"] for _, _, info in threads[parent][1]] if parent in threads else []
        before = {}
        for time, model, info in events:
            total = info["total_token_usage"]
            known, before = before, total
            if total == known or total in replayed:
                continue
            last = info.get("last_token_usage") or {key: value - known.get(key, 0) for key, value in total.items()}
            write = last.get("cache_write_input_tokens", 0)
            yield {
                "agent": "codex", "time": time, "session": thread, "model": model or "gpt-5",
                "input": last["input_tokens"] - last["cached_input_tokens"] - write, "cache_read": last["cached_input_tokens"],
                "cache_write_5m": write, "cache_write_1h": 0, "output": last["output_tokens"],
                "web_search": 0, "fast": 0, "request_id": 0, "reported": "",
            }


def check(calls, truth):
    for agent in ("claude", "codex"):
        sums = collections.Counter()
        for call in calls:
            if call["agent"] == agent:
                sums.update({name: call[name] for name in ("input", "cache_read", "output")})
                sums["cache_write"] += call["cache_write_5m"] + call["cache_write_1h"]
        known = truth[agent + "_total"]
        writes = known.get("cache_write", 0) + known.get("cache_write_5m", 0) + known.get("cache_write_1h", 0)
        for name in ("input", "cache_read", "output"):
            if sums[name] != known.get(name, 0) or sums["cache_write"] != writes:
                sys.exit(f"{agent} {name}: {sums[name]} calls differ from the truth")


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--ccusage", required=True)
    arguments.add_argument("--generator", default=os.path.join(HERE, "gen_logs.py"))
    arguments.add_argument("--out", default=os.path.join(HERE, "..", "tests", "Farthing.Workflows.Tests", "Golden", "Ccusage"))
    options = arguments.parse_args()
    for tree, settings in TREES.items():
        target = os.path.join(options.out, tree)
        shutil.rmtree(target, ignore_errors=True)
        os.makedirs(target)
        with tempfile.TemporaryDirectory() as work:
            subprocess.run([sys.executable, options.generator, "--out", work, *settings], stdout=subprocess.DEVNULL, check=True)
            home = os.path.join(work, "home")
            calls = sorted([*claude(home), *codex(home)], key=lambda call: (call["time"], call["session"]))
            with open(os.path.join(work, "truth.json"), encoding="utf-8") as truth:
                check(calls, json.load(truth))
            with open(os.path.join(target, "calls.csv"), "w", encoding="utf-8", newline="") as file:
                writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
                writer.writeheader()
                writer.writerows(calls)
            for name, command in REPORTS.items():
                report = subprocess.run([options.ccusage, *command, "--json", "--offline"], env={"HOME": home, "TZ": "UTC"}, capture_output=True, check=True).stdout
                with open(os.path.join(target, name + ".json"), "w", encoding="utf-8") as file:
                    # Only the white space is taken away; numbers stay as ccusage printed them.
                    file.write(json.dumps(json.loads(report, parse_float=Number), separators=(",", ":")) + "\n")


class Number(float):
    """A number that is written as it was read."""
    def __new__(cls, text):
        number = super().__new__(cls, text)
        number.text = text
        return number

    def __repr__(self):
        return self.text


if __name__ == "__main__":
    main()
