using System.Globalization;
using Farthing.Workflows.Spending;

namespace Farthing.Crediting;

/// <summary>The span of time that usage is asked for.</summary>
internal enum UsageSpan
{
    /// <summary>The session that the command runs in.</summary>
    Session,

    /// <summary>Today, since local midnight.</summary>
    Today,

    /// <summary>The billing month so far; the calendar's while nobody subscribes.</summary>
    Month,

    /// <summary>All history.</summary>
    Ever,
}

/// <summary>What was chosen on the command line of <c>farthing usage</c>.</summary>
internal sealed record UsageChoices
{
    /// <summary>Whose usage of what.</summary>
    public required UsageScope Scope { get; init; }

    /// <summary>The span that the scope means.</summary>
    public required UsageSpan Span { get; init; }

    /// <summary>Only this wallet; null for all.</summary>
    public string? Wallet { get; init; }

    /// <summary>Whether transactions are listed instead of sums.</summary>
    public bool Log { get; init; }

    /// <summary>Only transactions that take (true) or give (false).</summary>
    public bool? Debits { get; init; }

    /// <summary>Which page of the log.</summary>
    public int Page { get; init; } = 1;

    /// <summary>How many transactions a page has.</summary>
    public int PageSize { get; init; } = 100;

    /// <summary>Whether a program reads the answer.</summary>
    public bool Json { get; init; }

    /// <summary>The heading of what was spent: <c>💸 Spent This Billing Month (since Jan 2)</c>.</summary>
    public string SpentHeading => "💸 Spent" + Span switch
    {
        UsageSpan.Session => " This Session",
        UsageSpan.Today => " Today",
        UsageSpan.Month => $" This Billing Month (since {FirstDay})",
        _ => string.Empty,
    } + (Scope.Plan is { } plan ? $" On Plan 📋 {Reports.DisplayText.Clean(plan)}" : string.Empty);

    /// <summary>What is said when there is nothing to list.</summary>
    public string Nothing => "🤷‍♂️ No usage" + Span switch
    {
        UsageSpan.Session => " so far this session",
        UsageSpan.Today => $" so far today (since midnight {Scope.Zone.Id})",
        UsageSpan.Month => $" so far this billing month (since {FirstDay})",
        _ => Scope.Plan is null ? string.Empty : " so far",
    } + (Scope.Plan is { } plan ? $" for {(Span == UsageSpan.Ever ? "current " : string.Empty)}plan 👉 {Reports.DisplayText.Clean(plan)}" : string.Empty);

    private string FirstDay => Scope.Since is { } day ? day.ToString("MMM d", CultureInfo.InvariantCulture) : string.Empty;
}
