#!/usr/bin/env python3
"""Runs ccusage and farthing in turn over one tree of logs and prints a table. Called by import-vs-ccusage.sh.

Every round runs, over the same files:
  ccusage   daily --json --offline, which reads everything again each time
  cold      farthing daily --json --offline with a fresh data folder: import of everything, durable, and the report
  second    the same again, nothing new
  appended  the same again after about 1 % of new bytes were appended; the files are restored afterwards
Time is wall time from start to exit of the process, memory its peak resident set, CPU the time of all its threads;
memory and CPU are the kernel's figures. On a busy machine (see the load) compare CPU, which suffers less.
The token totals per model of both must agree, before and after the new bytes; if not, the exit code is 1.
"""
import argparse, datetime, json, os, platform, shutil, statistics, subprocess, sys, time

TARGETS = {"cold": 0.9, "second": 0.15}
PEAK_MB_MAX = 250
TOKEN_KEYS = ("inputTokens", "outputTokens", "cacheCreationTokens", "cacheReadTokens")
NEW_FILES_MAX = 20


def main():
    options = parse_options()
    shutil.rmtree(options.work, ignore_errors=True)
    os.makedirs(options.work)
    tree = Tree(os.path.join(options.tree, "home"))
    bench = Bench(options)
    faults = []
    load = os.getloadavg()[0]
    for number in range(options.rounds + 1):
        counted = number > 0
        old = bench.run("ccusage", counted)
        bench.forget()
        faults += differences("cold", old, bench.run("cold", counted))
        faults += differences("second", old, bench.run("second", counted))
        with tree.appended() as new_bytes:
            report = bench.run("appended", counted)
            if not counted:
                faults += differences("appended", bench.run("ccusage", counted), report)
    print_report(bench, tree, new_bytes, load, options)
    for fault in sorted(set(faults)):
        print("- TOKENS DIFFER: " + fault)
    sys.exit(1 if faults else 0)


def parse_options():
    parser = argparse.ArgumentParser()
    for name in ("farthing", "ccusage", "dotnet-root", "tree", "work"):
        parser.add_argument("--" + name, required=True)
    parser.add_argument("--rounds", type=int, required=True)
    return parser.parse_args()


class Bench:
    """Starts the commands and keeps what they took."""

    def __init__(self, options):
        self.data = os.path.join(options.work, "data")
        self.out = os.path.join(options.work, "out.json")
        home = os.path.join(os.path.abspath(options.tree), "home")
        self.env = {"HOME": home, "TZ": "UTC", "PATH": "/usr/bin:/bin", "LOG_LEVEL": "0", "NO_COLOR": "1",
                    "FARTHING_DATA": self.data, "DOTNET_ROOT": options.dotnet_root}
        self.programs = {"ccusage": options.ccusage}
        self.farthing = options.farthing
        self.runs = {"ccusage": [], "cold": [], "second": [], "appended": []}

    def forget(self):
        shutil.rmtree(self.data, ignore_errors=True)

    def median(self, what, figure):
        return statistics.median(run[figure] for run in self.runs[what])

    def run(self, what, counted):
        command = [self.programs.get(what, self.farthing), "daily", "--json", "--offline"]
        out = os.open(self.out, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644)
        begun = time.perf_counter()
        pid = os.posix_spawn(command[0], command, self.env, file_actions=[(os.POSIX_SPAWN_DUP2, out, 1)])
        _, status, usage = os.wait4(pid, 0)
        seconds = time.perf_counter() - begun
        os.close(out)
        if status != 0:
            sys.exit("%s: exit code %d" % (" ".join(command), os.waitstatus_to_exitcode(status)))
        if counted:
            self.runs[what].append((seconds, usage.ru_maxrss / 1024, usage.ru_utime + usage.ru_stime))
        with open(self.out, encoding="utf-8") as report:
            return tokens_by_model(json.load(report))


def tokens_by_model(report):
    """{model: [input, output, cache write, cache read]}; the fast mode of a model is not told apart."""
    models = {}
    for row in report["daily"]:
        for part in row["modelBreakdowns"]:
            counts = models.setdefault(part["modelName"].removesuffix("-fast"), [0] * len(TOKEN_KEYS))
            for index, key in enumerate(TOKEN_KEYS):
                counts[index] += part[key]
    return models


def differences(run, theirs, ours):
    return ["%s, %s: ccusage %s, farthing %s" % (run, model, theirs.get(model), ours.get(model))
            for model in sorted(theirs.keys() | ours.keys()) if theirs.get(model) != ours.get(model)]


class Tree:
    """The logs, which can grow by about one percent and shrink again."""

    def __init__(self, home):
        self.claude = sorted(self.files(os.path.join(home, ".claude", "projects"), "subagents"))
        self.codex = sorted(self.files(os.path.join(home, ".codex", "sessions"), "archived"))
        self.bytes = sum(os.path.getsize(os.path.join(folder, name)) for folder, _, names in os.walk(home) for name in names)

    @staticmethod
    def files(root, without):
        for folder, _, names in os.walk(root):
            yield from (os.path.join(folder, name) for name in names if without not in folder and name.endswith(".jsonl"))

    def appended(self):
        return Appended([(path, claude_copies) for path in spread(self.claude)] + [(path, codex_copies) for path in spread(self.codex)],
                        self.bytes // 100)


def spread(paths):
    """Some files from all over the tree, the largest ones of each stretch, so that there is enough to copy."""
    step = max(1, len(paths) // NEW_FILES_MAX)
    return [max(paths[at:at + step], key=os.path.getsize) for at in range(0, len(paths), step)][:NEW_FILES_MAX]


class Appended:
    """While entered, the files end with copies of their own lines that are other calls."""

    def __init__(self, files, budget):
        self.files = files
        self.budget = budget
        self.before = {}

    def __enter__(self):
        total = 0
        for position, (path, copies) in enumerate(self.files):
            self.before[path] = os.stat(path)
            with open(path, "rb") as log:
                lines = log.read().splitlines()
            share = (self.budget - total) // (len(self.files) - position)
            text = b"".join(copies(lines, share))
            with open(path, "ab") as log:
                log.write(text)
            total += len(text)
        return total

    def __exit__(self, *_):
        for path, was in self.before.items():
            os.truncate(path, was.st_size)
            os.utime(path, ns=(was.st_atime_ns, was.st_mtime_ns))


def claude_copies(lines, budget):
    """Complete lines under new message and request ids."""
    for line in lines:
        if budget <= 0:
            return
        if is_json(line):
            copy = line.replace(b'"id":"msg_01', b'"id":"msg_99').replace(b'"requestId":"req_011', b'"requestId":"req_999') + b"\n"
            budget -= len(copy)
            yield copy


def codex_copies(lines, budget):
    """Complete lines with later times; the totals of the thread go on rising by what each line had added."""
    records = [json.loads(line) for line in lines if is_json(line)]
    if any(key in json.dumps(records[0]) for key in ("forked_from_id", "thread_spawn")):
        return
    totals = [record["payload"]["info"]["total_token_usage"] for record in records if has_totals(record)]
    shift = moment(records[-1]) - moment(records[0]) + datetime.timedelta(minutes=1)
    running, previous = dict(totals[-1]) if totals else {}, {}
    for record in records[1:]:
        if budget <= 0:
            return
        if has_totals(record):
            total = record["payload"]["info"]["total_token_usage"]
            for key, value in total.items():
                running[key] = running.get(key, 0) + value - previous.get(key, 0)
            previous = dict(total)
            record["payload"]["info"]["total_token_usage"] = dict(running)
        record["timestamp"] = (moment(record) + shift).strftime("%Y-%m-%dT%H:%M:%S.%f")[:-3] + "Z"
        copy = json.dumps(record, separators=(",", ":"), ensure_ascii=False).encode() + b"\n"
        budget -= len(copy)
        yield copy


def has_totals(record):
    return record.get("type") == "event_msg" and record["payload"].get("type") == "token_count" and record["payload"]["info"] is not None


def moment(record):
    return datetime.datetime.strptime(record["timestamp"], "%Y-%m-%dT%H:%M:%S.%fZ")


def is_json(line):
    try:
        return isinstance(json.loads(line), dict)
    except ValueError:
        return False


def print_report(bench, tree, new_bytes, load, options):
    print("%s, %d cores, %s, load %.1f before, commit %s, %d rounds" % (
        datetime.date.today().isoformat(), os.cpu_count(), processor(), load, commit(), options.rounds))
    print("%.0f MB of logs; %.1f MB new in the last run of a round\n" % (tree.bytes / 1e6, new_bytes / 1e6))
    print("| run | min s | median s | max s | ÷ ccusage | target | CPU s | ÷ ccusage | peak MB |")
    print("|---|---|---|---|---|---|---|---|---|")
    wall_base, cpu_base = bench.median("ccusage", 0), bench.median("ccusage", 2)
    for what, runs in bench.runs.items():
        times = [seconds for seconds, _, _ in runs]
        ratio = bench.median(what, 0) / wall_base
        print("| %s | %.3f | %.3f | %.3f | %.2f | %s | %.3f | %.2f | %.0f |" % (
            what, min(times), bench.median(what, 0), max(times), ratio, verdict(ratio, TARGETS[what]) if what in TARGETS else "",
            bench.median(what, 2), bench.median(what, 2) / cpu_base, max(peak for _, peak, _ in runs)))
    peak = max(peak for what, runs in bench.runs.items() if what != "ccusage" for _, peak, _ in runs)
    print("\nPeak memory of farthing %.0f MB, %s." % (peak, verdict(peak, PEAK_MB_MAX)))


def verdict(value, target):
    return ("≤ %g met" if value <= target else "≤ %g MISSED") % target


def processor():
    try:
        with open("/proc/cpuinfo", encoding="ascii", errors="replace") as cpu:
            return next(line.split(":", 1)[1].strip() for line in cpu if line.startswith("model name"))
    except (OSError, StopIteration):
        return platform.machine()


def commit():
    found = subprocess.run(["git", "rev-parse", "--short", "HEAD"], capture_output=True, text=True, check=False)
    return found.stdout.strip() or "unknown"


if __name__ == "__main__":
    main()
