using System.Diagnostics;
using Farthing.Domain.Ledger;

namespace Farthing.Workflows.Crediting;

/// <summary>The states of months as callers read them.</summary>
public static class PeriodWords
{
    /// <summary>The word of a state.</summary>
    public static string Of(PeriodState state) => state switch
    {
        PeriodState.Open => "open",
        PeriodState.SoftClosed => "soft_closed",
        PeriodState.Closed => "closed",
        _ => throw new UnreachableException($"No word for {state}."),
    };
}
