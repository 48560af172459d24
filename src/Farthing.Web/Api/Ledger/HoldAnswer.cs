using Farthing.Domain.Ledger;

namespace Farthing.Web.Api.Ledger;

/// <summary>What credit is held for.</summary>
internal sealed record UseBody
{
    public string? Provider { get; init; }

    public string? Model { get; init; }

    public string? Project { get; init; }
}

/// <summary>What is held of one grant.</summary>
/// <param name="Grant">The grant's id.</param>
/// <param name="Amount">How much.</param>
internal sealed record HoldLineAnswer(string Grant, string Amount);

/// <summary>A hold, in credits.</summary>
internal sealed record HoldAnswer
{
    public required string Id { get; init; }

    public required string Wallet { get; init; }

    public required string State { get; init; }

    public required string Amount { get; init; }

    public required string Captured { get; init; }

    public required UseBody Use { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }

    public required DateTimeOffset? ForwardedAt { get; init; }

    public required DateTimeOffset? ClosedAt { get; init; }

    /// <summary>What is held of which grant, in the order in which they pay.</summary>
    public required IReadOnlyList<HoldLineAnswer> Lines { get; init; }

    /// <summary>Tells a hold.</summary>
    public static HoldAnswer Of(Hold hold) => new()
    {
        Id = hold.Id,
        Wallet = hold.Wallet,
        State = HoldWords.States.Single(entry => entry.Meaning == hold.State).Word,
        Amount = hold.Amount.ToString(),
        Captured = hold.Captured.ToString(),
        Use = new() { Provider = hold.Use.Provider, Model = hold.Use.Model, Project = hold.Use.Project },
        CreatedAt = hold.CreatedAt,
        ExpiresAt = hold.ExpiresAt,
        ForwardedAt = hold.ForwardedAt,
        ClosedAt = hold.ClosedAt,
        Lines = [.. hold.Lines.Select(static line => new HoldLineAnswer(line.Grant, line.Amount.ToString()))],
    };
}

/// <summary>The words of holds.</summary>
internal static class HoldWords
{
    /// <summary>States.</summary>
    public static IReadOnlyList<(string Word, HoldState Meaning)> States { get; } =
    [
        ("open", HoldState.Open), ("forwarded", HoldState.Forwarded), ("unsettled", HoldState.Unsettled),
        ("captured", HoldState.Captured), ("released", HoldState.Released), ("expired", HoldState.Expired),
    ];
}
