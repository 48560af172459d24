using Farthing.Workflows.Access;

namespace Farthing.Web.Access;

/// <summary>Where a request keeps who sent it, so that a handler only names <see cref="Workflows.Access.Caller"/> among its parameters.</summary>
internal sealed class CallerSlot
{
    private Caller? caller;

    /// <summary>Whether the headers told who it is.</summary>
    public bool IsKnown => caller is not null;

    /// <summary>Who sent the request; set once, before its endpoint runs.</summary>
    public Caller Caller
    {
        get => caller ?? throw new InvalidOperationException("This endpoint asks for no key and so knows no caller.");
        set => caller = value;
    }
}
