namespace Farthing.Storage.Tests.Contract;

/// <summary>Properties are synchronous, stores are not.</summary>
internal static class Await
{
    public static T Value<T>(Func<Task<T>> task) =>
#pragma warning disable VSTHRD002 // Properties of FsCheck cannot await; test threads have no context to deadlock on.
        Task.Run(task).GetAwaiter().GetResult();
#pragma warning restore VSTHRD002
}
