using System.CommandLine;

namespace Farthing.Reports;

/// <summary>
/// An option without a value. It is an option of text underneath, because options of other types are compiled while the
/// command starts.
/// </summary>
/// <param name="name">What is typed: <c>--json</c>.</param>
/// <param name="description">What it does.</param>
/// <param name="aliases">Shorter forms.</param>
internal sealed class Flag(string name, string description, params string[] aliases)
{
    /// <summary>The option itself.</summary>
    public Option<string> Option { get; } = new(name, aliases) { Description = description, Arity = ArgumentArity.Zero };

    /// <summary>Whether it was typed.</summary>
    public bool IsSet(ParseResult parsed) => parsed.GetResult(Option) is not null;
}
