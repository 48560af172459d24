using System.Globalization;
using System.Text;
using Farthing.Workflows.Spending;

namespace Farthing.Reports;

/// <summary>The one line of a status line, in ccusage's form.</summary>
internal static class StatusText
{
    private const int ShareOfWhole = 100;

    /// <summary>What is said when the hook's input cannot be read.</summary>
    public const string NoInput = "farthing: the input is not a status line hook's JSON";

    /// <summary><c>🤖 Opus | 💰 $1.23 session / $0.11 today / $0.11 block (3h 22m left) | 🔥 $0.08/hr | 🧠 50,000 (25%)</c>.</summary>
    public static string Line(HookInput input, SessionStatus status, DateTimeOffset now)
    {
        var line = new StringBuilder();
        line.Append(CultureInfo.InvariantCulture, $"🤖 {(input.Model.Length > 0 ? DisplayText.Clean(input.Model) : "unknown")}");
        line.Append(CultureInfo.InvariantCulture, $" | 💰 {SessionCost(input, status)} session / {Amount(status.Today)} today / {Block(status.Block, now)}");
        if (status.Block?.Burn is { } burn)
        {
            line.Append(CultureInfo.InvariantCulture, $" | 🔥 {CostColumn.MarksOf(burn.Used)}{burn.BestCostPerHour.Format()}/hr");
        }

        line.Append(CultureInfo.InvariantCulture, $" | 🧠 {Context(input.ContextTokens ?? status.LastPrompt, input.ContextSize)}");
        return line.ToString();
    }

    /// <summary>The client's own figure is preferred: it knows calls whose log is not written yet.</summary>
    private static string SessionCost(HookInput input, SessionStatus status) => input.Cost?.Format() ?? Amount(status.Session);

    private static string Block(UsageBlock? block, DateTimeOffset now) => block is null
        ? "No active block"
        : $"{Amount(block.Line.Sum)} block ({Words.Duration(block.EndAt - now)} left)";

    private static string Amount(SpendSum sum) => CostColumn.MarksOf(sum) + sum.BestCost.Format();

    private static string Context(long? tokens, long? size) => (tokens, size) switch
    {
        (null, _) => "N/A",
        ({ } used, > 0 and { } whole) => $"{DisplayText.Count(used)} ({decimal.Round((decimal)used * ShareOfWhole / whole)}%)",
        ({ } used, _) => DisplayText.Count(used),
    };
}
