namespace Farthing.Workflows.Crediting;

/// <summary>
/// Asks only what was answered under a key: <see cref="LedgerRequest.Replay"/> when something was, a problem when it was to
/// another request. It does nothing and keeps nothing.
/// </summary>
public sealed class RecallAnswer : LedgerRequest<bool>
{
    /// <inheritdoc/>
    public override void Name(LedgerKeys keys)
    {
        // The answers of its own key are all it needs.
    }

    /// <inheritdoc/>
    protected override Result<bool> Perform(LedgerUnit unit) => false;
}
