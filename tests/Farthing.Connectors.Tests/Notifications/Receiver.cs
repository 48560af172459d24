using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Farthing.Connectors.Tests.Notifications;

/// <summary>A real web server on a free port of this machine, which keeps what it is sent.</summary>
internal sealed class Receiver : IAsyncDisposable
{
    private readonly WebApplication app;

    private Receiver(int status, string? location)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        app.Run(async context =>
        {
            using var reader = new StreamReader(context.Request.Body);
            Received.Enqueue(new(context.Request.Path, await reader.ReadToEndAsync(), context.Request.Headers.ToDictionary(static header => header.Key, static header => header.Value.ToString())));
            context.Response.StatusCode = status;
            if (location is not null)
            {
                context.Response.Headers.Location = location;
            }
        });
    }

    /// <summary>What came.</summary>
    public ConcurrentQueue<ReceivedRequest> Received { get; } = new();

    /// <summary>Where it is, by a path that nobody should ever read in a reason.</summary>
    public Uri Address => new(app.Urls.Single() + "/hooks/top-secret");

    public static async Task<Receiver> StartAsync(int status = StatusCodes.Status200OK, string? location = null)
    {
        var receiver = new Receiver(status, location);
        await receiver.app.StartAsync(Samples.Cancellation);
        return receiver;
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();
}

/// <summary>A request that came.</summary>
internal sealed record ReceivedRequest(string Path, string Body, IReadOnlyDictionary<string, string> Headers);
