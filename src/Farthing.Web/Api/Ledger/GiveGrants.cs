using Farthing.Domain.Ledger;
using Farthing.Web.Http;
using Farthing.Workflows;
using Farthing.Workflows.Access;
using Farthing.Workflows.Crediting;
using Microsoft.AspNetCore.Http;

namespace Farthing.Web.Api.Ledger;

/// <summary>Credit to give.</summary>
internal sealed record GiveGrantBody
{
    private const int NamesMax = 100;
    private const string Manual = "manual";

    public string? Id { get; init; }

    public required string Category { get; init; }

    public required NumberText Amount { get; init; }

    /// <summary>What one credit was paid for, in dollars.</summary>
    public NumberText? CostBasis { get; init; }

    /// <summary>Smaller burns first.</summary>
    public int? Priority { get; init; }

    public DateTimeOffset? EffectiveAt { get; init; }

    public DateTimeOffset? ExpiresAt { get; init; }

    public ApplicabilityBody? Applicability { get; init; }

    /// <summary>Who paid for it: a payment provider, or <c>manual</c>.</summary>
    public string? Funding { get; init; }

    public string? Reason { get; init; }

    public string? Memo { get; init; }

    /// <summary>The month that it belongs to, where that is an earlier one: <c>2026-10</c>.</summary>
    public string? Period { get; init; }

    /// <summary>The request, or what is wrong.</summary>
    public Result<GiveCredit> Read(Caller caller, string wallet, TimeProvider time)
    {
        var fields = new BodyFields(time);
        if (Priority is < 0 or > Grant.PriorityMax)
        {
            fields.Refuse("priority", $"'priority' must be from 0 to {Grant.PriorityMax}.");
        }

        if (ExpiresAt <= (EffectiveAt > time.GetUtcNow() ? EffectiveAt : time.GetUtcNow()))
        {
            fields.Refuse("expires_at", "'expires_at' must lie in the future and behind 'effective_at'.");
        }

        var grant = new Grant
        {
            Org = caller.Org,
            Id = fields.Id("id", Id),
            Wallet = wallet,
            Category = fields.Word("category", Category, GrantCategory.Paid, GrantWords.Categories),
            Amount = fields.Amount("amount", Amount),
            CostBasis = fields.UsdOrZero("cost_basis", CostBasis),
            Priority = Priority ?? Grant.PriorityDefault,
            EffectiveAt = EffectiveAt?.ToUniversalTime() ?? time.GetUtcNow(),
            ExpiresAt = ExpiresAt?.ToUniversalTime(),
            Applicability = ReadApplicability(fields),
            Funding = Funding is null ? Manual : fields.GivenId("funding", Funding),
            CreatedAt = time.GetUtcNow(),
        };
        var request = new GiveCredit
        {
            Org = caller.Org,
            Actor = caller.Actor,
            Grant = grant,
            FromNow = EffectiveAt is null,
            Reason = Reason is null ? "admin_grant" : fields.NeededText("reason", Reason),
            Memo = fields.Text("memo", Memo),
            Posting = fields.Posting("period", Period, caller),
        };
        return fields.Problem is { } problem ? problem : request;
    }

    private Applicability ReadApplicability(BodyFields fields)
    {
        if (Applicability is null)
        {
            return Domain.Ledger.Applicability.Everything;
        }

        return new(Names("providers", Applicability.Providers), Names("models", Applicability.Models), Names("projects", Applicability.Projects));

        IReadOnlyList<string> Names(string field, IReadOnlyList<string>? names)
        {
            if (names is { Count: > NamesMax })
            {
                fields.Refuse($"applicability.{field}", $"'{field}' must have at most {NamesMax} entries.");
            }

            return [.. (names ?? []).Select(name => fields.NeededText($"applicability.{field}", name))];
        }
    }
}

/// <summary>POST /wallets/{id}/grants.</summary>
internal static class GiveGrants
{
    /// <summary>Gives credit.</summary>
    public static async Task<IResult> HandleAsync(
        string id, GiveGrantBody body, HttpContext http, Caller caller, LedgerDoor door, TimeProvider time, CancellationToken cancellationToken)
    {
        if (await door.RecallAsync(http, body, cancellationToken) is { } known)
        {
            return known;
        }

        var request = BodyFields.CanBeId(id) ? body.Read(caller, id, time) : Problem.NotFound("wallet");
        return request.Problem is { } problem ? problem.ToHttp() : await door.CreateAsync(http, body, request.Value, GrantAnswer.Of, cancellationToken);
    }
}
