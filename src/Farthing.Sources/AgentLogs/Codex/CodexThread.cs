using System.Globalization;

namespace Farthing.Sources.AgentLogs.Codex;

/// <summary>How far the replay of a parent's history at the beginning of a thread has come.</summary>
internal enum ReplayPhase
{
    /// <summary>The thread has no parent, or its own events have begun.</summary>
    Over,

    /// <summary>The thread's totals are compared with its parent's.</summary>
    Comparing,

    /// <summary>The parent is not there: what was written when the thread was created is its history.</summary>
    Window,
}

/// <summary>
/// What a rollout has told so far and what later lines build on. Its text form travels in checkpoints, so that a file
/// that grew is read on as if it had been read at once.
/// </summary>
internal sealed record CodexThread
{
    private const char Separator = '\u001F';
    private const string Format = "1";
    private const int Fields = 12;

    /// <summary>The thread's id.</summary>
    public required string Id { get; init; }

    /// <summary>Whether the file itself has named the thread.</summary>
    public bool IsNamed { get; init; }

    /// <summary>The thread whose history begins this one; empty when none.</summary>
    public string Parent { get; init; } = string.Empty;

    /// <summary>When the thread was created; null when untold.</summary>
    public DateTimeOffset? Created { get; init; }

    /// <summary>The working folder.</summary>
    public string Cwd { get; set; } = string.Empty;

    /// <summary>The git branch.</summary>
    public string Branch { get; init; } = string.Empty;

    /// <summary>The version of the agent.</summary>
    public string Version { get; init; } = string.Empty;

    /// <summary>The provider.</summary>
    public string Provider { get; init; } = string.Empty;

    /// <summary>The model of the current turn; empty before the first one.</summary>
    public string Model { get; set; } = string.Empty;

    /// <summary>The latest total; null before the first one.</summary>
    public CodexTokens? Latest { get; set; }

    /// <summary>How far the replay has come.</summary>
    public ReplayPhase Replay { get; set; }

    /// <summary>How many distinct totals of the parent the thread has repeated so far.</summary>
    public int Replayed { get; set; }

    /// <summary>Writes what a checkpoint keeps.</summary>
    public string ToText()
    {
        string?[] fields =
        [
            Format, Kept(Id), IsNamed ? "1" : string.Empty, Kept(Parent),
            Created?.UtcTicks.ToString(CultureInfo.InvariantCulture), Kept(Cwd), Kept(Branch), Kept(Version), Kept(Provider),
            Kept(Model), Latest?.ToString(),
            Replay == ReplayPhase.Over ? string.Empty : string.Create(CultureInfo.InvariantCulture, $"{(int)Replay}:{Replayed}"),
        ];
        return string.Join(Separator, fields);
    }

    /// <summary>Reads what <see cref="ToText"/> wrote; null when it is something else.</summary>
    public static CodexThread? FromText(string text)
    {
        if (text.Split(Separator) is not { Length: Fields } fields || fields[0] is not Format)
        {
            return null;
        }

        var phase = fields[11].Split(':');
        return new()
        {
            Id = fields[1],
            IsNamed = fields[2].Length > 0,
            Parent = fields[3],
            Created = long.TryParse(fields[4], NumberStyles.None, CultureInfo.InvariantCulture, out var ticks) && ticks <= DateTimeOffset.MaxValue.Ticks
                ? new(ticks, TimeSpan.Zero)
                : null,
            Cwd = fields[5],
            Branch = fields[6],
            Version = fields[7],
            Provider = fields[8],
            Model = fields[9],
            Latest = CodexTokens.TryParse(fields[10], out var latest) ? latest : null,
            Replay = phase is ["1", _] ? ReplayPhase.Comparing : phase is ["2", _] ? ReplayPhase.Window : ReplayPhase.Over,
            Replayed = phase.Length == 2 && int.TryParse(phase[1], NumberStyles.None, CultureInfo.InvariantCulture, out var replayed) ? replayed : 0,
        };
    }

    private static string Kept(string value) => value.Replace(Separator, ' ');
}
