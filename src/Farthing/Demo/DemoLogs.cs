using System.Globalization;
using System.Text.Json;

namespace Farthing.Demo;

/// <summary>
/// Writes a small synthetic tree of agent logs, so that somebody without logs can see what the reports look like. All of
/// it is invented and labelled: every project lies below <c>/demo</c>. The same day always gives the same tree.
/// </summary>
internal sealed class DemoLogs
{
    /// <summary>How far back the tree goes.</summary>
    public const int Days = 45;

    private const int SessionsPerDayMax = 4;
    private const int CallsPerSessionMax = 24;
    private static readonly string[] Projects = ["/demo/ledger", "/demo/parser", "/demo/website", "/demo/scheduler"];
    private static readonly string[] Branches = ["main", "feat/invoices", "fix/time-zones"];
    private static readonly string[] ClaudeModels = ["claude-opus-4-8", "claude-sonnet-4-6", "claude-sonnet-4-6", "claude-haiku-4-5-20251001"];
    private static readonly string[] CodexModels = ["gpt-5.5", "gpt-5.3-codex"];

    private readonly string home;
    private readonly DateTimeOffset now;
    private Dice dice;

    private DemoLogs(string home, DateTimeOffset now)
    {
        this.home = home;
        this.now = now;
        dice = new((ulong)now.Date.Ticks);
    }

    /// <summary>Writes the tree below a home folder that does not exist yet.</summary>
    /// <param name="home">Stands in for a user's home folder.</param>
    /// <param name="now">The newest call is made just before.</param>
    public static void Write(string home, DateTimeOffset now)
    {
        new DemoLogs(home, now).WriteDays();
    }

    private void WriteDays()
    {
        for (var day = Days - 1; day >= 0; day--)
        {
            var midnight = new DateTimeOffset(now.UtcDateTime.Date, TimeSpan.Zero).AddDays(-day);
            var weekend = midnight.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday;
            var sessions = weekend && day > 0 ? dice.Roll(2) : 1 + dice.Roll(SessionsPerDayMax);
            for (var session = 0; session < sessions; session++)
            {
                var start = midnight.AddMinutes((8 * 60) + dice.Roll(10 * 60));
                start = start < now.AddHours(-2) ? start : now.AddHours(-2);
                WriteSession(start, codex: dice.Roll(4) == 0);
            }
        }
    }

    private void WriteSession(DateTimeOffset start, bool codex)
    {
        var project = Projects[dice.Roll(Projects.Length)];
        var id = dice.Uuid();
        var lines = codex ? CodexLines(id, project, start) : ClaudeLines(id, project, start);
        var path = codex
            ? Path.Combine(home, ".codex", "sessions", start.ToString("yyyy'/'MM'/'dd", CultureInfo.InvariantCulture), $"rollout-{start:yyyy-MM-ddTHH-mm-ss}-{id}.jsonl")
            : Path.Combine(home, ".claude", "projects", project.Replace('/', '-'), id + ".jsonl");
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllLines(path, lines);
    }

    private IEnumerable<string> ClaudeLines(string session, string project, DateTimeOffset at)
    {
        var branch = Branches[dice.Roll(Branches.Length)];
        var model = ClaudeModels[dice.Roll(ClaudeModels.Length)];
        var (calls, context) = (4 + dice.Roll(CallsPerSessionMax), 0);
        for (var call = 0; call < calls; call++)
        {
            at = Step(at);
            var written = context == 0 ? 12_000 + dice.Roll(9_000) : 200 + dice.Roll(3_000);
            yield return Json(json =>
            {
                Text(json, ("type", "assistant"), ("timestamp", Time(at)), ("sessionId", session), ("version", "2.1.230"));
                Text(json, ("cwd", project), ("gitBranch", branch), ("uuid", dice.Uuid()), ("requestId", "req_demo" + dice.Hex()));
                json.WriteStartObject("message");
                Text(json, ("id", "msg_demo" + dice.Hex()), ("role", "assistant"), ("model", model));
                json.WriteStartObject("usage");
                Numbers(json, ("input_tokens", 3 + dice.Roll(40)), ("cache_read_input_tokens", context), ("cache_creation_input_tokens", written));
                json.WriteStartObject("cache_creation");
                Numbers(json, ("ephemeral_5m_input_tokens", written - (written / 3)), ("ephemeral_1h_input_tokens", written / 3));
                json.WriteEndObject();
                Numbers(json, ("output_tokens", 60 + dice.Roll(1_800)));
                json.WriteEndObject();
                json.WriteEndObject();
            });
            context += written;
        }
    }

    private IEnumerable<string> CodexLines(string thread, string project, DateTimeOffset at)
    {
        var model = CodexModels[dice.Roll(CodexModels.Length)];
        yield return Record(at, "session_meta", json =>
        {
            Text(json, ("id", thread), ("timestamp", Time(at)), ("cwd", project), ("cli_version", "0.142.0"), ("model_provider", "openai"));
            json.WriteStartObject("git");
            Text(json, ("branch", Branches[dice.Roll(Branches.Length)]));
            json.WriteEndObject();
        });
        yield return Record(at, "turn_context", json => Text(json, ("cwd", project), ("model", model)));
        var (calls, context, total) = (3 + dice.Roll(CallsPerSessionMax), 8_000, default(Counts));
        for (var call = 0; call < calls; call++)
        {
            at = Step(at);
            var last = new Counts(context + 900 + dice.Roll(2_000), context / 128 * 120, 80 + dice.Roll(1_500));
            total = new(total.Input + last.Input, total.Cached + last.Cached, total.Output + last.Output);
            yield return Record(at, "event_msg", json =>
            {
                Text(json, ("type", "token_count"));
                json.WriteStartObject("info");
                total.Write(json, "total_token_usage");
                last.Write(json, "last_token_usage");
                json.WriteEndObject();
            });
            context = last.Input + last.Output;
        }
    }

    private DateTimeOffset Step(DateTimeOffset at) => at.AddSeconds(15 + dice.Roll(180)) is var next && next < now ? next : now.AddMilliseconds(-dice.Roll(1_000));

    private static string Time(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);

    private static string Record(DateTimeOffset at, string type, Action<Utf8JsonWriter> payload) => Json(json =>
    {
        Text(json, ("timestamp", Time(at)), ("type", type));
        json.WriteStartObject("payload");
        payload(json);
        json.WriteEndObject();
    });

    private static string Json(Action<Utf8JsonWriter> fields)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            fields(json);
            json.WriteEndObject();
        }

        return System.Text.Encoding.UTF8.GetString(buffer.ToArray());
    }

    private static void Text(Utf8JsonWriter json, params ReadOnlySpan<(string Name, string Value)> fields)
    {
        foreach (var (name, value) in fields)
        {
            json.WriteString(name, value);
        }
    }

    private static void Numbers(Utf8JsonWriter json, params ReadOnlySpan<(string Name, int Value)> fields)
    {
        foreach (var (name, value) in fields)
        {
            json.WriteNumber(name, value);
        }
    }

    private readonly record struct Counts(int Input, int Cached, int Output)
    {
        public void Write(Utf8JsonWriter json, string name)
        {
            json.WriteStartObject(name);
            Numbers(json, ("input_tokens", Input), ("cached_input_tokens", Cached), ("output_tokens", Output));
            Numbers(json, ("reasoning_output_tokens", Output / 3), ("total_tokens", Input + Output));
            json.WriteEndObject();
        }
    }
}
