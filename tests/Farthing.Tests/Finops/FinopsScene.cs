using System.Globalization;
using System.Text;
using Farthing.Tests.Importing;

namespace Farthing.Tests.Finops;

/// <summary>Ten invented weeks of one person with Claude Code: mornings of four calls, of which the third comes after too long a pause.</summary>
internal static class FinopsScene
{
    public const int Days = 70;
    private const int NewVersionDays = 5;

    /// <summary>Writes the transcripts into a machine's home; the last morning is that of its clock's day.</summary>
    public static void Write(Machine machine, int days = Days)
    {
        var text = new StringBuilder();
        for (var back = days - 1; back >= 0; back--)
        {
            AddMorning(text, machine.Now.AddDays(-back).Date.AddHours(8), back);
        }

        machine.Write(machine.Transcript("weeks"), text.ToString());
    }

    /// <summary>Writes three weeks of one person with Codex beside them: a thread of ten equal calls each morning.</summary>
    public static void WriteCodex(Machine machine)
    {
        for (var back = 20; back >= 0; back--)
        {
            var at = machine.Now.AddDays(-back).Date.AddHours(9);
            var text = new StringBuilder().Append(CultureInfo.InvariantCulture, $$$"""
                {"timestamp":"{{{at:yyyy-MM-dd'T'HH:mm:ss}}}.000Z","type":"session_meta","payload":{"id":"thread-{{{back}}}","cwd":"/srv/demo","cli_version":"0.142.0","model_provider":"openai"} }
                {"timestamp":"{{{at:yyyy-MM-dd'T'HH:mm:ss}}}.000Z","type":"turn_context","payload":{"cwd":"/srv/demo","model":"gpt-5"} }

                """);
            for (var call = 1; call <= 10; call++)
            {
                text.Append(CultureInfo.InvariantCulture, $$$"""
                    {"timestamp":"{{{at.AddMinutes(call):yyyy-MM-dd'T'HH:mm:ss}}}.000Z","type":"event_msg","payload":{"type":"token_count","info":{"total_token_usage":{"input_tokens":{{{call * 200_000}}},"cached_input_tokens":0,"output_tokens":{{{call * 1_000}}},"reasoning_output_tokens":0,"total_tokens":{{{call * 201_000}}}},"last_token_usage":{"input_tokens":200000,"cached_input_tokens":0,"output_tokens":1000,"reasoning_output_tokens":0,"total_tokens":201000} } } }

                    """);
            }

            machine.Write(Path.Combine(machine.Home, ".codex/sessions", at.ToString("yyyy'/'MM'/'dd", CultureInfo.InvariantCulture), $"rollout-{back}.jsonl"), text.ToString());
        }
    }

    private static void AddMorning(StringBuilder text, DateTime at, int back)
    {
        var isWeekend = at.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday;
        var day = new Morning(text, back, isWeekend ? "claude-haiku-4-5-20251001" : "claude-opus-4-8", back < NewVersionDays ? "2.1.240" : "2.1.230");
        var prompt = (isWeekend ? 20_000 : 90_000) + (at.Day * 1_000);
        day.Add(at, read: 0, written: prompt);
        day.Add(at.AddMinutes(2), read: prompt, written: 4_000);
        day.Add(at.AddMinutes(11), read: 0, written: prompt + 8_000);
        day.Add(at.AddMinutes(12), read: prompt + 8_000, written: 1_500);
    }

    private sealed class Morning(StringBuilder text, int back, string model, string version)
    {
        private int calls;

        public void Add(DateTime at, int read, int written)
        {
            var id = $"{back}-{calls++}";
            text.Append(CultureInfo.InvariantCulture, $$$"""
                {"type":"assistant","timestamp":"{{{at:yyyy-MM-dd'T'HH:mm:ss}}}.000Z","sessionId":"s-{{{back}}}","version":"{{{version}}}","cwd":"/srv/demo","gitBranch":"main","uuid":"u-{{{id}}}","requestId":"req-{{{id}}}","message":{"id":"msg-{{{id}}}","role":"assistant","model":"{{{model}}}","usage":{"input_tokens":900,"cache_creation_input_tokens":{{{written}}},"cache_read_input_tokens":{{{read}}},"output_tokens":1200,"cache_creation":{"ephemeral_5m_input_tokens":{{{written}}},"ephemeral_1h_input_tokens":0} } } }
                """).Append('\n');
        }
    }
}
