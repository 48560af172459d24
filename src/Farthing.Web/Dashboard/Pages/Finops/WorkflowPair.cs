using Farthing.Web.Dashboard.Frame;
using Farthing.Web.Http;
using Farthing.Workflows.Analytics;
using Microsoft.AspNetCore.Http;

namespace Farthing.Web.Dashboard.Pages.Finops;

/// <summary>Two kinds of work that are compared, as the address of the overview says it; the dearest two unless told.</summary>
/// <param name="One">One of them.</param>
/// <param name="Other">The other one.</param>
public sealed record WorkflowPair(WorkflowCost One, WorkflowCost Other)
{
    /// <summary>The name of the first one in the address.</summary>
    public const string OneField = "compare";

    /// <summary>The name of the other one.</summary>
    public const string OtherField = "with";

    /// <summary>What addresses say of it.</summary>
    public static IReadOnlyList<AddressWord> Words { get; } =
    [
        .. new[] { OneField, OtherField }.Select(static field => AddressWord.Of(field, static value => value.Length <= WebLimits.TextLengthMax)),
    ];

    /// <summary>Whether the address named one of them.</summary>
    public bool IsChosen { get; private init; }

    /// <summary>The pair as a part of an address; nothing while it is the usual one.</summary>
    public string Query => IsChosen ? $"&{OneField}={Uri.EscapeDataString(One.Archetype)}&{OtherField}={Uri.EscapeDataString(Other.Archetype)}" : string.Empty;

    /// <summary>The pair of an address; null when there are no two kinds of work. One without sessions is compared too: it has none.</summary>
    public static WorkflowPair? Of(IQueryCollection query, IReadOnlyList<WorkflowCost> all)
    {
        if (all.Count < 2)
        {
            return null;
        }

        var (one, other) = (Named(query[OneField]), Named(query[OtherField]));
        var first = one ?? all.First(work => work.Archetype != other?.Archetype);
        return new(first, other ?? all.First(work => work.Archetype != first.Archetype)) { IsChosen = one is not null || other is not null };

        WorkflowCost? Named(string? name) => name is { Length: > 0 and <= WebLimits.TextLengthMax }
            ? all.FirstOrDefault(work => work.Archetype == name) ?? new(name, 0, 0, default)
            : null;
    }
}
