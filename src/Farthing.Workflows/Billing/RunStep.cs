using Farthing.Domain.Billing;
using Farthing.Domain.Money;
using Farthing.Workflows.Crediting;

namespace Farthing.Workflows.Billing;

/// <summary>Something that happens to a run.</summary>
public abstract class RunStep : LedgerRequest<Run>
{
    /// <summary>The seller's prices.</summary>
    public required RunPrices Prices { get; init; }

    /// <summary>What is in the wallet that pays, after this step; null when it was refused or nobody pays.</summary>
    public WalletBalance? Payer { get; private set; }

    /// <summary>Whether this step posted a charge.</summary>
    public bool Applied { get; protected set; }

    /// <summary>What this step gave back of earlier charges.</summary>
    public Credits GivenBack { get; protected set; }

    /// <inheritdoc/>
    protected sealed override Result<Run> Perform(LedgerUnit unit)
    {
        Applied = false;
        GivenBack = Credits.Zero;
        Payer = null;
        var result = Take(unit);
        if (result.Succeeded && unit.FindBook(new(Org, result.Value.Wallet)) is { } book)
        {
            Payer = Balances.Of(book, unit.Clock);
        }

        return result;
    }

    /// <summary>Does it.</summary>
    protected abstract Result<Run> Take(LedgerUnit unit);
}
