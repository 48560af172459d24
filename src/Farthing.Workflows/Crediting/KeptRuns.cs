using System.Globalization;
using Farthing.Domain.Billing;

namespace Farthing.Workflows.Crediting;

/// <summary>
/// Runs against the chain: what one was charged is what its transactions took, attempts at a plan follow each other without
/// a gap, and one that goes on from others begins where they stood.
/// </summary>
internal sealed class KeptRuns(LedgerReplay replay)
{
    private const string Table = "runs";

    private Run? before;
    private (long Count, Int128 Delta) seen;

    /// <summary>Takes in a run; tells how it does not hold.</summary>
    public LedgerBreak? Take(LedgerRecord.KeptRun kept)
    {
        var (run, previous) = (kept.Run, before?.Plan == kept.Run.Plan ? before : null);
        before = run;
        foreach (var trace in kept.Traces)
        {
            seen = (seen.Count + 1, seen.Delta + trace.Delta.Nanocredits);
            if (CheckTrace(run, trace) is { } broken)
            {
                return broken;
            }
        }

        return !kept.HasWallet ? Break(run, "a wallet that is there", $"the wallet {run.Wallet}")
            : !Enum.IsDefined(run.State) || !Enum.IsDefined(run.Mode) ? Break(run, "a state and a mode that there are", $"{run.State} {run.Mode}")
            : run.IsOver != (run.CompletedAt is not null) ? Break(run, run.IsOver ? "when it ended" : "no end", $"{run.CompletedAt:O}")
            : CheckAttempt(run, previous) ?? CheckCharges(run, kept.Traces) ?? CheckReason(run, kept.Traces);
    }

    /// <summary>After the last run: tells whether transactions are left without one.</summary>
    public LedgerBreak? End() => seen == replay.OfRuns
        ? null
        : LedgerBreak.Of(
            Table, string.Empty, string.Create(CultureInfo.InvariantCulture, $"{replay.OfRuns.Count} transactions of runs, {replay.OfRuns.Delta} nanocredits"),
            string.Create(CultureInfo.InvariantCulture, $"{seen.Count} of runs that are there, {seen.Delta}"));

    private static LedgerBreak? CheckTrace(Run run, RunTrace trace)
    {
        var isOwn = !trace.IsReversal && (trace.Source is RunCharging.FinalSource or RunCharging.ProgressSource);
        return trace.Wallet != run.Wallet ? Break(run, $"the wallet {trace.Wallet} of transaction {trace.Sequence}", $"'{run.Wallet}'")
            : isOwn && trace.ExternalId != run.Plan ? Break(run, $"the plan {trace.ExternalId} of transaction {trace.Sequence}", run.Plan)
            : isOwn && trace.ServiceAt != run.StartedAt ? Break(run, $"a start at {trace.ServiceAt:O}, as transaction {trace.Sequence} has it", $"{run.StartedAt:O}")
            : null;
    }

    private static LedgerBreak? CheckAttempt(Run run, Run? previous)
    {
        var attempt = (previous?.Attempt ?? 0) + 1;
        var baseline = RunCharging.BaselineOf(run.Mode, previous is null ? [] : [previous]);
        return run.Attempt != attempt ? Break(run, $"attempt {attempt} at {run.Plan}", $"attempt {run.Attempt}")
            : previous is { IsOver: false } ? Break(previous, "an end, because the plan was attempted again", "none")
            : run.Baseline != baseline ? Break(run, $"{baseline} charged before it", $"{run.Baseline}")
            : null;
    }

    private static LedgerBreak? CheckCharges(Run run, IReadOnlyList<RunTrace> traces)
    {
        var (charged, uncollected, left, leftUncollected) = (Int128.Zero, Int128.Zero, Int128.Zero, Int128.Zero);
        var progress = 0;
        foreach (var trace in traces)
        {
            left -= trace.Delta.Nanocredits;
            leftUncollected += trace.Uncollected.Nanocredits;
            charged -= trace.IsReversal ? 0 : trace.Delta.Nanocredits;
            uncollected += trace.IsReversal ? 0 : trace.Uncollected.Nanocredits;
            progress += trace.IsReversal || trace.Source != RunCharging.ProgressSource ? 0 : 1;
        }

        // A run that was made free at its end gave back whatever others had not undone before. What somebody undoes by hand
        // later changes nothing of what the run was charged.
        var found = ((Int128)run.Charged.Nanocredits, (Int128)run.Uncollected.Nanocredits);
        var wasGivenBack = run is { IsFree: true, IsOver: true } && left == 0 && leftUncollected == 0;
        var isZero = found == (0, 0);
        if (traces.Any(static trace => trace.IsReversal && trace.Reason == RunCharging.SkippedReason) ? !isZero : found != (charged, uncollected) && !(wasGivenBack && isZero))
        {
            return Break(run, Describe(charged, uncollected), Describe(found.Item1, found.Item2));
        }

        return progress == run.ProgressCharges
            ? null
            : Break(run, string.Create(CultureInfo.InvariantCulture, $"{progress} charges while it ran"), $"{run.ProgressCharges}");
    }

    /// <summary>The last charge says how the run ended.</summary>
    private static LedgerBreak? CheckReason(Run run, IReadOnlyList<RunTrace> traces)
    {
        foreach (var trace in traces)
        {
            if (!trace.IsReversal && trace.Source == RunCharging.FinalSource && (!run.IsOver || trace.Reason != RunCharging.ReasonOf(run.State)))
            {
                return Break(run, $"an end as transaction {trace.Sequence} says: {trace.Reason}", $"{run.State}");
            }
        }

        return null;
    }

    private static string Describe(Int128 charged, Int128 uncollected) =>
        string.Create(CultureInfo.InvariantCulture, $"{charged} charged and {uncollected} uncollected (nanocredits)");

    private static LedgerBreak Break(Run run, string expected, string found) => LedgerBreak.Of(Table, run.Id, expected, found);
}
