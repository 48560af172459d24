using Farthing.Domain.Billing;
using Farthing.Workflows.Crediting;

namespace Farthing.Workflows.Billing;

/// <summary>Takes over what a run has cost until now, and charges what is new of it.</summary>
public sealed class ReportRun : RunRequest
{
    /// <inheritdoc/>
    protected override Result<Run> Take(LedgerUnit unit)
    {
        if (unit.FindRun(new(Org, Run)) is not { } known)
        {
            return Problem.NotFound("run");
        }

        if (known.IsOver)
        {
            return new Problem(ProblemKind.Conflict, "run_over", "The run is over; its charge stands. Start a new attempt to charge more.");
        }

        if (!HasHolds(unit, known))
        {
            return Problem.NotFound("hold");
        }

        var run = RunCharging.Report(known, Total, Parts);
        return unit.Keep(Settle(unit, run, part => RunCharging.Progress(part, Prices), RunCharging.ProgressSource, RunCharging.ProgressReason));
    }
}
