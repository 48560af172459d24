using Farthing.Finops;

namespace Farthing.Budgeting;

/// <summary>One command over budgets: where they are kept, and where teams are known.</summary>
/// <param name="desk">Keeps them.</param>
/// <param name="answers">Knows teams.</param>
/// <param name="client">The server; null for this machine's store, which the host closes.</param>
internal sealed class BudgetSession(IBudgetDesk desk, IFinopsAnswers answers, ServerClient? client) : IDisposable
{
    /// <summary>Keeps them.</summary>
    public IBudgetDesk Desk => desk;

    /// <summary>Opens it; the store after what is new in this machine's logs was imported, so that what is spent is known.</summary>
    public static async Task<BudgetSession> OpenAsync(CommandContext context, FinopsChoices choices, CancellationToken cancellationToken)
    {
        if (choices.Server is { } server)
        {
            var client = FinopsSource.Connect(context, server);
            return new(new ServerBudgets(client), new ServerAnswers(client), client);
        }

        await context.BeforeReport.PrepareAsync(demo: false, cancellationToken);
        var ports = await context.OpenFinopsAsync(cancellationToken);
        return new(new StoreBudgets(ports, context.Time), new StoreAnswers(ports, choices.Zone, context), client: null);
    }

    /// <summary>The id of a team that was named, as it was named where it cannot be looked up; null when none was.</summary>
    public async Task<string?> TeamAsync(string? named, CancellationToken cancellationToken) =>
        named is null ? null : await answers.TeamAsync(named, cancellationToken) ?? named;

    /// <summary>All budgets.</summary>
    public async Task<IReadOnlyList<BudgetFigures>> AllAsync(CancellationToken cancellationToken) =>
        AnswerJson.Read(await desk.ListAsync(team: null, cancellationToken), BudgetFiguresJson.Default.ListBudgetFigures);

    /// <inheritdoc/>
    public void Dispose() => client?.Dispose();
}
