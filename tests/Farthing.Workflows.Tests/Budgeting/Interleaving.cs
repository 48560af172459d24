namespace Farthing.Workflows.Tests.Budgeting;

/// <summary>
/// Runs several tasks on one thread, one step at a time: whoever comes to a port waits until it is its turn, and a seed says
/// whose turn it is. The same seed always gives the same order.
/// </summary>
internal sealed class Interleaving(int seed)
{
    private readonly List<TaskCompletionSource> waiting = [];
    private uint state = (uint)seed | 1;

    /// <summary>Waits for its turn.</summary>
    public Task TurnAsync()
    {
        // Continued where it is completed: by the loop below, so nothing ever runs at the same time.
        var turn = new TaskCompletionSource();
        waiting.Add(turn);
        return turn.Task;
    }

    /// <summary>Gives turns until everybody is done.</summary>
    public void Run(params IEnumerable<Task> tasks)
    {
        var all = tasks.ToList();
        while (waiting.Count > 0)
        {
            var next = Next(waiting.Count);
            var turn = waiting[next];
            waiting.RemoveAt(next);
            turn.SetResult();
        }

        all.ShouldAllBe(static task => task.IsCompletedSuccessfully);
    }

    /// <summary>A number below a bound.</summary>
    public int Next(int below)
    {
        unchecked
        {
            state ^= state << 13;
            state ^= state >> 17;
            state ^= state << 5;
        }

        return (int)(state % (uint)below);
    }
}
