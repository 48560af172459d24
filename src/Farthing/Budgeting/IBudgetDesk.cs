using Farthing.Finops;

namespace Farthing.Budgeting;

/// <summary>Keeps budgets, whether a server is asked or this machine's store; what it answers is the JSON of the API.</summary>
internal interface IBudgetDesk
{
    /// <summary>All budgets that may be seen, the newest first: an array.</summary>
    /// <param name="team">The id of a team; null for all.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<byte[]> ListAsync(string? team, CancellationToken cancellationToken);

    /// <summary>Makes one.</summary>
    /// <exception cref="AnswerException">It cannot be, or may not.</exception>
    Task<byte[]> CreateAsync(BudgetWish wish, CancellationToken cancellationToken);

    /// <summary>Changes the one of an id.</summary>
    /// <exception cref="AnswerException">It cannot be, or may not.</exception>
    Task<byte[]> ChangeAsync(string id, BudgetWish wish, CancellationToken cancellationToken);

    /// <summary>Takes the one of an id away.</summary>
    /// <exception cref="AnswerException">It is not there, or may not.</exception>
    Task RemoveAsync(string id, CancellationToken cancellationToken);
}
