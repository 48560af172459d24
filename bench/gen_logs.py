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
import argparse, datetime as dt, hashlib, json, os, random, sys

CLAUDE_MODELS = [  # (id, weight, fast allowed, 1M-context tier)
    ("claude-opus-4-6", 14, True, False),
    ("claude-opus-4-8", 18, True, False),
    ("claude-sonnet-4-5-20250929", 16, False, True),
    ("claude-sonnet-4-6", 18, False, False),
    ("claude-sonnet-5", 14, False, False),
    ("claude-haiku-4-5-20251001", 18, False, False),
    ("claude-lab-preview-x1", 2, False, False),     # deliberately unknown to every price list
]
CODEX_MODELS = [("gpt-5.3-codex", 40), ("gpt-5.5", 25), ("gpt-5.4", 15), ("gpt-5.6-sol", 20)]
OLD_VERSIONS = ["1.0.51", "1.0.108", "2.0.14", "2.1.40"]      # per-block lines carry placeholder output counts
NEW_VERSIONS = ["2.1.98", "2.1.152", "2.1.197", "2.1.240"]    # per-block lines carry the final usage
WORDS = ("adjust budget ledger parser invoice branch compile cache stream window schema retry commit "
         "review token reader writer batch fixture module import export route handler queue bucket").split()


class Gen:
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

    # ---------------------------------------------------------------- Claude
    def pick_claude_model(self):
        w = [x[1] for x in CLAUDE_MODELS]
        return self.r.choices(CLAUDE_MODELS, w)[0]

    def base(self, kind, sid, ver, t, cwd, side=False):
        return {"parentUuid": self.uuid(), "isSidechain": side, "userType": "external", "cwd": cwd,
                "sessionId": sid, "version": ver, "gitBranch": self.r.choice(["main", "feat/billing", "fix/ingest"]),
                "type": kind, "uuid": self.uuid(), "timestamp": self.ts(t)}

    def usage(self, model, ver, ctx, first):
        r = self.r
        out = r.randint(20, 1800) if r.random() < .9 else r.randint(2000, 16000)
        inp = r.randint(1, 12) if r.random() < .8 else r.randint(200, 4000)
        if first:
            write, read = r.randint(9000, 26000), r.choice([0, 0, r.randint(8000, 16000)])
        else:
            write, read = r.randint(150, 6000), ctx
        u = {"input_tokens": inp, "cache_creation_input_tokens": write, "cache_read_input_tokens": read}
        style = r.random()
        five, hour = write, 0
        if ver not in ("1.0.51",) and style < .85:
            if style < .45:
                five, hour = 0, write
            elif style < .55:
                hour = write // 3
                five = write - hour
            u["cache_creation"] = {"ephemeral_5m_input_tokens": five, "ephemeral_1h_input_tokens": hour}
        u["output_tokens"] = out
        u["service_tier"] = "standard"
        searches = 0
        if r.random() < .02:
            searches = r.randint(1, 4)
            u["server_tool_use"] = {"web_search_requests": searches, "web_fetch_requests": 0}
        fast = False
        if ver in NEW_VERSIONS or ver == "2.1.40":
            fast = model[2] and r.random() < .06
            u["speed"] = "fast" if fast else "standard"
        return u, dict(input=inp, cache_write_5m=five, cache_write_1h=hour, cache_read=read, output=out,
                       web_search=searches), fast

    def blocks(self, n):
        out = []
        for i in range(n):
            if i < n - 1 and self.r.random() < .3:
                out.append({"type": "thinking", "thinking": "", "signature": self.hexid(220)})
            elif self.r.random() < .55:
                out.append({"type": "tool_use", "id": "toolu_" + self.hexid(24), "name": self.r.choice(["Read", "Bash", "Edit", "Grep"]),
                            "input": {"command": self.r.choice(self.pool)[:160], "description": "synthetic"}})
            else:
                out.append({"type": "text", "text": self.r.choice(self.pool)})
        return out

    def response(self, sid, ver, t, cwd, model, ctx, first, side=False, rid_on=True, cost_field=False, agent=None):
        """All transcript lines of one API response plus its truth record."""
        mid, rid = "msg_01" + self.hexid(22), "req_011" + self.hexid(20)
        u, cls, fast = self.usage(model, ver, ctx, first)
        n = self.r.choices([1, 2, 3, 4], [35, 40, 18, 7])[0]
        lines = []
        old = ver in OLD_VERSIONS
        bl = self.blocks(n)
        for i, b in enumerate(bl):
            uu = dict(u)
            if old and i < n - 1:          # streaming placeholder
                uu["output_tokens"] = min(u["output_tokens"], self.r.randint(1, 8))
                self.bump("claude", "placeholder_lines")
            rec = self.base("assistant", sid, ver, t + dt.timedelta(milliseconds=700 * i), cwd, side)
            rec["message"] = {"model": model[0], "id": mid, "type": "message", "role": "assistant", "content": [b],
                              "stop_reason": None if i < n - 1 else "end_turn", "stop_sequence": None, "usage": uu}
            if rid_on:
                rec["requestId"] = rid
            if agent:
                rec["agentId"] = agent
            if cost_field and i == n - 1:
                rec["costUSD"] = round(cls["output"] * 2.5e-5 + cls["input"] * 5e-6, 8)
            lines.append(rec)
        if n > 1:
            self.bump("claude", "multi_line_responses")
        self.bump("claude", "responses")
        self.add_truth("claude", model[0] + ("-fast" if fast else ""), **cls)
        return lines, cls

    def noise(self, sid, ver, t, cwd, side=False):
        k = self.r.random()
        if k < .55:
            rec = self.base("user", sid, ver, t, cwd, side)
            body = self.r.choice(self.pool)
            if self.r.random() < .15:
                body = " ".join(self.r.sample(self.pool, 4))
            rec["message"] = {"role": "user", "content": [{"tool_use_id": "toolu_" + self.hexid(24), "type": "tool_result", "content": body}]}
            rec["toolUseResult"] = {"stdout": body, "stderr": "", "interrupted": False}
        elif k < .75:
            rec = self.base("user", sid, ver, t, cwd, side)
            rec["message"] = {"role": "user", "content": self.r.choice(self.pool)}
        elif k < .85:
            rec = {"type": "file-history-snapshot", "messageId": self.uuid(), "snapshot": {"trackedFileBackups": {}, "timestamp": self.ts(t)}, "isSnapshotUpdate": False}
        elif k < .93:
            rec = self.base("system", sid, ver, t, cwd, side)
            rec.update(subtype="turn_duration", durationMs=self.r.randint(500, 90000), isMeta=False)
        else:
            rec = {"type": "queue-operation", "operation": "enqueue", "timestamp": self.ts(t), "sessionId": sid}
        return rec

    def junk(self):
        self.bump("claude", "malformed_lines")
        return self.r.choice([b'{"type":"assistant","message":{"usage":{"input_tokens":12', b"", b"\x00\x00\x00\x00\x00\x00",
                              b"\xff\xfe not json \x80", b"[1,2,3", b'{"type":"assistant","timestamp":"2026-01-01T00:00:00.000Z","message":{"usage":{"input_tokens":"x","output_tokens":1}}}'])

    def session(self, slug, cwd, t):
        r = self.r
        sid = self.uuid()
        ver = r.choice(OLD_VERSIONS + NEW_VERSIONS)
        rid_on = r.random() > .06 or not self.traps           # Bedrock or Vertex sessions lack requestId
        cost_field = ver == "1.0.51" and r.random() < .3
        if not rid_on:
            self.bump("claude", "sessions_without_request_id")
        lines, ctx, first = [], 0, True
        model = self.pick_claude_model()
        if r.random() < .3:
            lines.append({"type": "summary", "summary": "synthetic session", "leafUuid": self.uuid()})
        turns = int(r.paretovariate(1.1) * 8) + 3
        turns = min(turns, 260)
        big = model[3] and r.random() < .12     # long-context session
        if big:
            ctx = 190000
            first = False
            self.bump("claude", "long_context_sessions")
        for _ in range(turns):
            t += dt.timedelta(seconds=r.randint(4, 240) if r.random() < .97 else r.randint(3600, 40000))
            for _ in range(r.randint(0, 3)):
                lines.append(self.noise(sid, ver, t, cwd))
            if r.random() < .08:
                model = self.pick_claude_model()
            ls, cls = self.response(sid, ver, t, cwd, model, ctx, first, rid_on=rid_on, cost_field=cost_field)
            lines += ls
            ctx = min(cls["cache_read"] + cls["cache_write_5m"] + cls["cache_write_1h"], 640000 if big else 165000)
            first = False
            if r.random() < .004:
                rec = self.base("assistant", sid, ver, t, cwd)
                rec["message"] = {"model": "<synthetic>", "id": self.uuid(), "type": "message", "role": "assistant",
                                  "content": [{"type": "text", "text": "API Error: 529 overloaded"}],
                                  "usage": {"input_tokens": 0, "output_tokens": 0, "cache_creation_input_tokens": 0, "cache_read_input_tokens": 0}}
                rec["isApiErrorMessage"] = True
                lines.append(rec)
                self.bump("claude", "synthetic_error_lines")
            if r.random() < .004:
                lines.append(self.junk())
            if r.random() < .01:
                ctx, first = 0, True            # compaction or cache expiry
        files = {os.path.join(slug, sid + ".jsonl"): lines}
        # subagents with their own requests
        if r.random() < .25:
            for _ in range(r.randint(1, 3)):
                agent = self.hexid(8)
                sub, sctx, sfirst, st = [], 0, True, t
                for _ in range(r.randint(2, 14)):
                    st += dt.timedelta(seconds=r.randint(2, 60))
                    sub.append(self.noise(sid, ver, st, cwd, True))
                    ls, cls = self.response(sid, ver, st, cwd, CLAUDE_MODELS[5] if r.random() < .7 else model, sctx, sfirst, side=True, rid_on=rid_on, agent=agent)
                    sub += ls
                    sctx, sfirst = min(cls["cache_read"] + cls["cache_write_5m"] + cls["cache_write_1h"], 150000), False
                files[os.path.join(slug, sid, "subagents", "agent-%s.jsonl" % agent)] = sub
                self.bump("claude", "subagent_files")
        # /btw style side question: replays parent messages with new request ids and isSidechain=true
        if r.random() < .06 and rid_on and self.traps:
            seen, rep = set(), []
            for x in lines:
                if isinstance(x, dict) and x.get("type") == "assistant" and x["message"]["id"] not in seen and x["message"]["model"] != "<synthetic>":
                    seen.add(x["message"]["id"])
                    y = json.loads(json.dumps(x))
                    y["isSidechain"] = True
                    y["requestId"] = "req_011" + self.hexid(20)
                    y.pop("costUSD", None)
                    rep.append(y)
                if len(seen) >= 6:
                    break
            if rep:
                files[os.path.join(slug, sid, "subagents", "agent-aside_%s.jsonl" % self.hexid(6))] = rep
                self.bump("claude", "sidechain_replay_files")
                self.bump("claude", "sidechain_replayed_lines", len(rep))
        # resume or fork: whole history copied under a new session id, same message ids and request ids
        if r.random() < .05:
            nsid = self.uuid()
            cp = []
            for x in lines:
                if isinstance(x, dict):
                    y = dict(x)
                    if "sessionId" in y:
                        y["sessionId"] = nsid
                    cp.append(y)
            t2 = t + dt.timedelta(hours=2)
            ls, _ = self.response(nsid, ver, t2, cwd, model, ctx, False, rid_on=rid_on)
            cp += ls
            files[os.path.join(slug, nsid + ".jsonl")] = cp
            self.bump("claude", "forked_copies")
        # hazards: lines a lossy reader drops
        if self.hz and r.random() < .04:
            ls, _ = self.response(sid, ver, t + dt.timedelta(seconds=5), cwd, model, ctx, False, rid_on=rid_on)
            for x in ls:
                x["message"]["content"] = [{"type": "tool_use", "id": "toolu_" + self.hexid(24), "name": "mcp__crm__update", "input": {"id": None, "note": "synthetic"}}]
            lines += ls
            self.bump("hazards", "responses_with_nested_null_id")
        return files

    def claude(self):
        target = self.a.claude_mb * 1_000_000
        root = os.path.join(self.a.out, "home", ".claude", "projects")
        slugs = [("-srv-%s-%s" % (self.r.choice(["acme", "globex", "initech"]), w), "/srv/" + w) for w in self.r.sample(WORDS, 14)]
        done = files = 0
        while done < target:
            slug, cwd = self.r.choice(slugs)
            t = self.start + dt.timedelta(days=self.r.randrange(self.a.days), hours=self.r.randint(6, 22), minutes=self.r.randint(0, 59), seconds=self.r.randint(0, 59), milliseconds=self.r.randint(0, 999))
            for rel, recs in self.session(slug, cwd, t).items():
                done += self.write(os.path.join(root, rel), [x if isinstance(x, (bytes, str)) else self.line(x) for x in recs])
                files += 1
        self.m["claude"]["files"] = files
        self.m["claude"]["bytes"] = done

    # ----------------------------------------------------------------- Codex
    def codex_session(self, t, parent=None):
        r = self.r
        tid = self.uuid()
        lines = []
        kind = "plain"
        meta = {"id": tid, "timestamp": self.ts(t), "cwd": "/srv/" + r.choice(WORDS), "originator": "codex_cli_rs", "cli_version": "0.14%d.0" % r.randint(0, 9), "source": "cli", "model_provider": "openai",
                "git": {"branch": "main", "commit_hash": self.hexid(40)}, "base_instructions": {"text": self.r.choice(self.pool)}}
        total = dict(input_tokens=0, cached_input_tokens=0, output_tokens=0, reasoning_output_tokens=0, total_tokens=0)
        if parent:
            kind = "fork" if r.random() < .5 else "spawn"
            if kind == "fork":
                meta["forked_from_id"] = parent["id"]
            else:
                meta["source"] = {"subagent": {"thread_spawn": {"parent_thread_id": parent["id"], "depth": 1}}}
        lines.append({"timestamp": self.ts(t), "type": "session_meta", "payload": meta})
        model = r.choices([m for m, _ in CODEX_MODELS], [w for _, w in CODEX_MODELS])[0]
        if parent:
            for ev in parent["events"]:        # history replayed with the child's creation time
                lines.append({"timestamp": self.ts(t), "type": "event_msg", "payload": ev})
            total = dict(parent["total"])
            self.bump("codex", kind + "_files")
            self.bump("codex", "replayed_events", len(parent["events"]))
        elif r.random() < .03:
            model = None                        # early rollouts: no model anywhere
            self.bump("codex", "sessions_without_model")
        legacy = not parent and r.random() < .05   # totals only
        if legacy:
            self.bump("codex", "totals_only_sessions")
        if model:
            lines.append(self.ctx(t, model, meta["cwd"]))
        lines.append({"timestamp": self.ts(t), "type": "event_msg", "payload": {"type": "token_count", "info": None, "rate_limits": {"primary": {"used_percent": 1.5, "window_minutes": 300, "resets_at": 1770000000}}}})
        ctx = r.randint(6000, 14000) if not parent else 12000
        events = []
        turns = min(int(r.paretovariate(1.2) * 6) + 3, 160)
        big = model in ("gpt-5.5", "gpt-5.4", "gpt-5.6-sol") and r.random() < .06
        if big:
            ctx = 230000
            self.bump("codex", "long_context_sessions")
        for _ in range(turns):
            t += dt.timedelta(seconds=r.randint(5, 200), milliseconds=r.randint(1, 900))
            for _ in range(r.randint(1, 4)):
                lines.append({"timestamp": self.ts(t), "type": "response_item", "payload": {"type": r.choice(["function_call_output", "message", "reasoning"]), "role": "assistant", "content": [{"type": "output_text", "text": r.choice(self.pool)}], "encrypted_content": self.hexid(300)}})
            if model and r.random() < .06:
                model = r.choices([m for m, _ in CODEX_MODELS], [w for _, w in CODEX_MODELS])[0]
                lines.append(self.ctx(t, model, meta["cwd"]))
                self.bump("codex", "model_switches")
            inp = ctx + r.randint(50, 3000)
            cached = int(ctx * r.choice([0, .5, .9, .97])) // 128 * 128
            out = r.randint(30, 2500)
            reason = int(out * r.random() * .8)
            last = dict(input_tokens=inp, cached_input_tokens=cached, output_tokens=out, reasoning_output_tokens=reason, total_tokens=inp + out)
            write = 0
            if model == "gpt-5.6-sol" and not legacy:
                write = (inp - cached) // 2
                last["cache_write_input_tokens"] = write
            for k, v in last.items():
                total[k] = total.get(k, 0) + v
            info = {"total_token_usage": dict(total), "model_context_window": 272000}
            if not legacy:
                info["last_token_usage"] = last
            pay = {"type": "token_count", "info": info, "rate_limits": {"primary": {"used_percent": round(r.random() * 90, 1), "window_minutes": 300, "resets_at": 1770000000}, "plan_type": "pro"}}
            lines.append({"timestamp": self.ts(t), "type": "event_msg", "payload": pay})
            events.append(pay)
            self.add_truth("codex", model or "gpt-5", input=inp - cached - write, cache_read=cached, cache_write=write, output=out, reasoning=reason)
            self.bump("codex", "responses")
            if r.random() < .12:                # rate-limit refresh repeats the same totals later
                t += dt.timedelta(seconds=r.randint(2, 9))
                lines.append({"timestamp": self.ts(t), "type": "event_msg", "payload": pay})
                self.bump("codex", "repeated_token_counts")
            if r.random() < .004:
                lines.append(r.choice([b'{"timestamp":"2026-01-01T00:00:00.000Z","type":"event_msg","payload":{"type":"token_count","info":{"total_tok', b"", b"\xff\xfe"]))
                self.bump("codex", "malformed_lines")
            ctx = min(inp + out, 265000 if not big else 400000)
        return tid, lines, events, total, t

    def ctx(self, t, model, cwd):
        return {"timestamp": self.ts(t), "type": "turn_context", "payload": {"turn_id": self.uuid(), "cwd": cwd, "approval_policy": "on-request", "sandbox_policy": {"type": "workspace-write"}, "model": model, "effort": "medium", "summary": "auto"}}

    def codex(self):
        target = self.a.codex_mb * 1_000_000
        root = os.path.join(self.a.out, "home", ".codex", "sessions")
        arch = os.path.join(self.a.out, "home", ".codex", "archived_sessions")
        done = files = 0
        while done < target:
            t = self.start + dt.timedelta(days=self.r.randrange(self.a.days), hours=self.r.randint(6, 21), minutes=self.r.randint(0, 59), seconds=self.r.randint(0, 59))
            tid, lines, ev, total, end = self.codex_session(t)
            name = "rollout-%s-%s.jsonl" % (t.strftime("%Y-%m-%dT%H-%M-%S"), tid)
            data = [x if isinstance(x, bytes) else self.line(x) for x in lines]
            done += self.write(os.path.join(root, t.strftime("%Y/%m/%d"), name), data)
            files += 1
            if self.r.random() < .03:
                done += self.write(os.path.join(arch, name), data)
                files += 1
                self.bump("codex", "archived_copies")
            if len(ev) >= 3 and self.r.random() < .12:
                t2 = end + dt.timedelta(minutes=self.r.randint(1, 30))
                ctid, cl, _, _, _ = self.codex_session(t2, {"id": tid, "events": ev[: self.r.randint(2, len(ev))], "total": dict(ev[-1]["info"]["total_token_usage"])})
                done += self.write(os.path.join(root, t2.strftime("%Y/%m/%d"), "rollout-%s-%s.jsonl" % (t2.strftime("%Y-%m-%dT%H-%M-%S"), ctid)), [x if isinstance(x, bytes) else self.line(x) for x in cl])
                files += 1
        self.m["codex"]["files"] = files
        self.m["codex"]["bytes"] = done


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
