using System.Text;
using Farthing.Domain.Billing;
using Farthing.Domain.Ledger;
using Farthing.Testing.Ledger;
using Farthing.Workflows.Crediting;

namespace Farthing.Simulation.Tests;

/// <summary>
/// Something that a client wants done once. It is sent as often as it takes to get an answer, and the network sends it more
/// often than that.
/// </summary>
internal sealed class Command
{
    private const string Done = "done: ";

    /// <summary>Its name, unique in the world.</summary>
    public required string Name { get; init; }

    /// <summary>What must be read just before it is sent; null when nothing.</summary>
    public Func<Task>? Prepare { get; init; }

    /// <summary>The request, made anew for every sending.</summary>
    public required Func<LedgerRequest> Make { get; init; }

    /// <summary>What is there exactly once when it was acknowledged: <c>txn:</c>, <c>hold:</c> or <c>run:</c> and its key; null when nothing is to be found.</summary>
    public string? Evidence { get; init; }

    /// <summary>Whether it has an idempotency key; its own ids must be enough otherwise.</summary>
    public bool HasKey { get; init; }

    /// <summary>What the client does next, once it has the answer.</summary>
    public Action<LedgerRequest>? Next { get; init; }

    /// <summary>The first answer that reached the client; null before.</summary>
    public string? Answer { get; private set; }

    /// <summary>Whether that answer says that it was done.</summary>
    public bool Succeeded => Answer?.StartsWith(Done, StringComparison.Ordinal) ?? false;

    /// <summary>The request of one sending.</summary>
    public LedgerRequest Send()
    {
        var request = Make();
        if (HasKey)
        {
            request.Idempotency = new("client", Name, Name);
            WriteAnswers(request);
        }

        return request;
    }

    /// <summary>Takes an answer.</summary>
    /// <returns>Null, or what is wrong with it beside an earlier one.</returns>
    public string? Acknowledge(LedgerRequest request)
    {
        var answer = request.Replay is { } replay ? Encoding.UTF8.GetString(replay.Body) : Tell(request);
        if (Answer is null)
        {
            Answer = answer;
            Next?.Invoke(request);
            return null;
        }

        if (HasKey)
        {
            return answer == Answer ? null : $"P6 {Name} was answered '{Answer}' and then '{answer}'";
        }

        return Succeeded && Evidence is not null && !Worked(request) ? $"P6 {Name} was done and then refused: {answer}" : null;
    }

    private static string Tell(LedgerRequest request) => (Worked(request) ? Done : "refused: ") + Say(request);

    private static string Say(LedgerRequest request) =>
        request is LedgerRequest<PeriodClose> close ? close.Result.Problem?.Code ?? close.Result.Value.Hash : LedgerStep.Tell(request);

    private static bool Worked(LedgerRequest request) => request switch
    {
        LedgerRequest<WalletBalance> wallet => wallet.Result.Succeeded,
        LedgerRequest<GrantBalance> grant => grant.Result.Succeeded,
        LedgerRequest<Hold> hold => hold.Result.Succeeded,
        LedgerRequest<Run> run => run.Result.Succeeded,
        LedgerRequest<PostedTransaction> posted => posted.Result.Succeeded,
        LedgerRequest<PeriodClose> close => close.Result.Succeeded,
        _ => throw new InvalidOperationException($"Nobody tells whether {request} worked."),
    };

    private static void WriteAnswers(LedgerRequest request)
    {
        switch (request)
        {
            case LedgerRequest<WalletBalance> wallet:
                wallet.AnswerAs = _ => Written(request);
                break;
            case LedgerRequest<GrantBalance> grant:
                grant.AnswerAs = _ => Written(request);
                break;
            case LedgerRequest<Hold> hold:
                hold.AnswerAs = _ => Written(request);
                break;
            case LedgerRequest<Run> run:
                run.AnswerAs = _ => Written(request);
                break;
            case LedgerRequest<PostedTransaction> posted:
                posted.AnswerAs = _ => Written(request);
                break;
            case LedgerRequest<PeriodClose> close:
                close.AnswerAs = _ => Written(request);
                break;
        }
    }

    private static StoredAnswer Written(LedgerRequest request) => new(200, "text/plain", Encoding.UTF8.GetBytes(Tell(request)));
}
