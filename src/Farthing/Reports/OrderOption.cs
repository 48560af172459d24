using System.CommandLine;
using Farthing.Workflows.Spending;

namespace Farthing.Reports;

/// <summary>The option that turns the order of lines around.</summary>
internal sealed class OrderOption
{
    private const string Ascending = "asc";
    private const string Descending = "desc";

    /// <summary>Makes the option.</summary>
    public OrderOption() => Option.Validators.Add(static result =>
        ReportOptions.Check(result, "--order", static text => text is Ascending or Descending, $"{Ascending} or {Descending}"));

    /// <summary>The option itself.</summary>
    public Option<string> Option { get; } = new("--order", "-o") { Description = "asc (the oldest first) or desc.", HelpName = "ORDER" };

    /// <summary>Puts lines that stand in order of time into the order that was chosen.</summary>
    public SpendReport Apply(ParseResult parsed, SpendReport report) => report with { Lines = Apply(parsed, report.Lines) };

    /// <summary>Puts a list that stands in order of time into the order that was chosen.</summary>
    public IReadOnlyList<T> Apply<T>(ParseResult parsed, IReadOnlyList<T> items)
        where T : class =>
        parsed.GetValue(Option) == Descending ? [.. items.Reverse()] : items;
}
