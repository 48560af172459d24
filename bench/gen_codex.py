"""The Codex half of gen_logs.py: rollouts with forks, replays, re-emissions and archived copies."""
import datetime as dt
import os

from gen_words import WORDS

CODEX_MODELS = [("gpt-5.3-codex", 40), ("gpt-5.5", 25), ("gpt-5.4", 15), ("gpt-5.6-sol", 20)]


class CodexTree:
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
