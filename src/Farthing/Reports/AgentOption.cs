using System.CommandLine;
using Farthing.Sources;

namespace Farthing.Reports;

/// <summary>The option that names an agent: one of those whose logs are read, in any case of letters.</summary>
internal sealed class AgentOption
{
    /// <summary>The value that means all of them.</summary>
    public const string All = "all";
    private readonly bool allowsAll;

    /// <summary>Makes the option.</summary>
    /// <param name="description">What it does in this command.</param>
    /// <param name="allowsAll">Whether <c>all</c> is a value, too.</param>
    public AgentOption(string description, bool allowsAll)
    {
        this.allowsAll = allowsAll;
        Option = new("--agent") { Description = description, HelpName = "NAME" };
        Option.Validators.Add(result => ReportOptions.Check(result, "--agent", IsKnown, Expected()));
    }

    /// <summary>The option itself.</summary>
    public Option<string> Option { get; }

    /// <summary>The agent as events name it; null for all of them.</summary>
    /// <param name="parsed">A command line that was found valid.</param>
    /// <param name="usual">The agent that is meant when none is named; null for all.</param>
    public string? Read(ParseResult parsed, string? usual = null) =>
        parsed.GetValue(Option) is { } name ? Find(name) : usual;

    private static string? Find(string name) =>
        AgentLogRegistry.All.FirstOrDefault(log => string.Equals(log.Agent, name, StringComparison.OrdinalIgnoreCase))?.Agent;

    private bool IsKnown(string name) => Find(name) is not null || (allowsAll && string.Equals(name, All, StringComparison.OrdinalIgnoreCase));

    private string Expected()
    {
        string[] names = [.. AgentLogRegistry.All.Select(static log => log.Agent), .. allowsAll ? (ReadOnlySpan<string>)[All] : []];
        return $"{string.Join(", ", names[..^1])} or {names[^1]}";
    }
}
