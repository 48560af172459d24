#!/usr/bin/env python3
"""Deterministic generator of synthetic Claude Code and Codex log trees.

Everything is invented: ids, text, numbers. Standard library only.

  python3 gen_logs.py --out DIR [--seed 42] [--claude-mb 20] [--codex-mb 20]
                      [--days 60] [--start 2026-01-05]
                      [--profile clean|traps] [--hazards on|off]

Layout written:
  DIR/home/.claude/projects/<slug>/<session>.jsonl
  DIR/home/.claude/projects/<slug>/<session>/subagents/agent-<hex>.jsonl
  DIR/home/.codex/sessions/YYYY/MM/DD/rollout-<ts>-<id>.jsonl
  DIR/home/.codex/archived_sessions/rollout-...jsonl      (copies)
  DIR/truth.json    tokens per model and class, one count per real API request
  DIR/manifest.json scenario counters (how many of each trap were planted)

truth.json holds the *accurate* answer.
  clean   streaming duplicates, forks, subagents, malformed lines, repeated token
          counts, replays: every ccusage 20.0.24 report agrees with truth.json.
  traps   adds sessions without requestId and /btw sidechain replays: ccusage's own
          reports disagree with each other there.
  hazards adds assistant lines holding a nested "id":null, which ccusage drops.
"""
import argparse, datetime as dt, json, os, random, sys

from gen_claude import ClaudeTree
from gen_codex import CodexTree
from gen_words import WORDS


class Gen(ClaudeTree, CodexTree):
    def __init__(self, a):
        self.a = a
        self.r = random.Random(a.seed)
        self.traps = a.profile == "traps"
        self.hz = a.hazards == "on"
        self.m = {"claude": {}, "codex": {}, "hazards": {}}
        self.truth = {"claude": {}, "codex": {}}
        self.pool = [self._text(n) for n in (200, 600, 1500, 4000) for _ in range(12)]
        self.start = dt.datetime.fromisoformat(a.start).replace(tzinfo=dt.timezone.utc)
        self.bytes = 0

    def _text(self, n):
        out = []
        size = 0
        while size < n:
            w = self.r.choice(WORDS)
            out.append(w)
            size += len(w) + 1
        return " ".join(out)

    def hexid(self, n):
        return "%0*x" % (n, self.r.getrandbits(4 * n))

    def uuid(self):
        h = self.hexid(32)
        return "%s-%s-4%s-8%s-%s" % (h[:8], h[8:12], h[13:16], h[17:20], h[20:])

    def bump(self, sec, key, n=1):
        d = self.m[sec]
        d[key] = d.get(key, 0) + n

    @staticmethod
    def ts(t):
        return t.strftime("%Y-%m-%dT%H:%M:%S.") + "%03dZ" % (t.microsecond // 1000)

    def add_truth(self, tool, model, **k):
        d = self.truth[tool].setdefault(model, {})
        for key, v in k.items():
            d[key] = d.get(key, 0) + v
        d["requests"] = d.get("requests", 0) + 1

    @staticmethod
    def line(o):
        return json.dumps(o, separators=(",", ":"), ensure_ascii=False)

    def write(self, path, lines):
        os.makedirs(os.path.dirname(path), exist_ok=True)
        data = b"".join((l if isinstance(l, bytes) else l.encode()) + b"\n" for l in lines)
        with open(path, "wb") as f:
            f.write(data)
        # deterministic mtime: some readers fall back to it
        t = self.start.timestamp()
        os.utime(path, (t, t))
        self.bytes += len(data)
        return len(data)


def main():
    p = argparse.ArgumentParser()
    p.add_argument("--out", required=True)
    p.add_argument("--seed", type=int, default=42)
    p.add_argument("--claude-mb", type=float, default=20)
    p.add_argument("--codex-mb", type=float, default=20)
    p.add_argument("--days", type=int, default=60)
    p.add_argument("--start", default="2026-01-05")
    p.add_argument("--profile", choices=["clean", "traps"], default="clean")
    p.add_argument("--hazards", choices=["on", "off"], default="off")
    a = p.parse_args()
    if os.path.exists(os.path.join(a.out, "home")):
        sys.exit("refusing to write into an existing tree: " + a.out)
    g = Gen(a)
    if a.claude_mb:
        g.claude()
    if a.codex_mb:
        g.codex()
    for tool in list(g.truth):
        tot = {}
        for mdl in g.truth[tool].values():
            for k, v in mdl.items():
                tot[k] = tot.get(k, 0) + v
        g.truth[tool + "_total"] = tot
    for n, o in (("truth.json", g.truth), ("manifest.json", {"args": vars(a), **g.m})):
        with open(os.path.join(a.out, n), "w") as f:
            json.dump(o, f, indent=1, sort_keys=True)
    print(json.dumps({"manifest": g.m, "claude_total": g.truth["claude_total"], "codex_total": g.truth["codex_total"]}, indent=1))


if __name__ == "__main__":
    main()
