"""The Claude Code half of gen_logs.py: transcripts with one line per content block, subagents, resumed copies, side questions."""
import datetime as dt
import json
import os

from gen_words import WORDS

CLAUDE_MODELS = [  # (id, weight, fast allowed, 1M-context tier)
    ("claude-opus-4-6", 14, True, False),
    ("claude-opus-4-8", 18, True, False),
    ("claude-sonnet-4-5-20250929", 16, False, True),
    ("claude-sonnet-4-6", 18, False, False),
    ("claude-sonnet-5", 14, False, False),
    ("claude-haiku-4-5-20251001", 18, False, False),
    ("claude-lab-preview-x1", 2, False, False),     # deliberately unknown to every price list
]
OLD_VERSIONS = ["1.0.51", "1.0.108", "2.0.14", "2.1.40"]      # per-block lines carry placeholder output counts
NEW_VERSIONS = ["2.1.98", "2.1.152", "2.1.197", "2.1.240"]    # per-block lines carry the final usage


class ClaudeTree:
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
