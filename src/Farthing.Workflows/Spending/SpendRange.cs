using Farthing.Workflows.Access;

namespace Farthing.Workflows.Spending;

/// <summary>The spend that an analysis is about: a scope, and the instants between which it lies.</summary>
public sealed record SpendRange
{
    /// <summary>What may be touched, as <see cref="ScopeRules"/> decided it.</summary>
    public required Scope Within { get; init; }

    /// <summary>The first instant, included; null for all history.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>The last instant, included; null for no end.</summary>
    public DateTimeOffset? To { get; init; }

    /// <summary>Whose days are meant where days are told.</summary>
    public required TimeZoneInfo Zone { get; init; }

    /// <summary>Only calls that went to this provider, under whatever name; null for all.</summary>
    public ProviderCalls? WentTo { get; init; }

    /// <summary>The same as a query for its sums, without the days.</summary>
    public SpendQuery Sums(params SpendDimension[] groupBy) => ByDay(groupBy) with { ByDay = false };

    /// <summary>The same as a query that keeps the days apart.</summary>
    public SpendQuery ByDay(params SpendDimension[] groupBy) =>
        new() { Within = Within, From = From, To = To, WentTo = WentTo, Zone = Zone, GroupBy = groupBy };
}
