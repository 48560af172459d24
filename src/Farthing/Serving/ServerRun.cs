using Farthing.Web;
using Farthing.Web.Hosting;
using Microsoft.Extensions.Hosting;

namespace Farthing.Serving;

/// <summary>A server, from its start to its end. With <see cref="ServerStores"/> the only class of the host that loads a server.</summary>
internal static class ServerRun
{
    private const int AdminKeyLengthMin = 32;

    /// <summary>Serves until the process is told to stop; requests that are being answered are finished.</summary>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(CommandContext context, IReadOnlyList<string> urls, CancellationToken cancellationToken)
    {
        var prices = context.Settings.RunPrices.Read();
        var adminKey = AdminKeyOf(context.Settings);
        await using var stores = await ServerStores.OpenAsync(context, cancellationToken);
        var options = WithRates(context.Settings.Rates, new()
        {
            Urls = urls,
            AdminKey = adminKey,
            RunPrices = prices,
            CloseGrace = context.Settings.CloseGrace,
            Zone = ZoneName.InForce(context.Settings, context.Time),
            Log = context.Error,
            Time = context.Time,
        });
        await using var app = FarthingServer.Build(options, services =>
        {
            stores.AddTo(services);
            ServerNotifiers.AddTo(services, context.Settings.Notifiers, context.Time);
        });
        await app.StartAsync(cancellationToken);
        await TellAsync(context, [.. app.Urls]);
        await app.WaitForShutdownAsync(cancellationToken);
        return ExitCode.Success;
    }

    private static ServerOptions WithRates(RateSettings rates, ServerOptions options) => options with
    {
        IngestPerMinuteMax = rates.Ingest ?? options.IngestPerMinuteMax,
        ReadsPerMinuteMax = rates.Reads ?? options.ReadsPerMinuteMax,
        WrongKeysMax = rates.WrongKeys ?? options.WrongKeysMax,
    };

    /// <summary>A secret that opens everything must not be one that somebody can guess.</summary>
    private static string? AdminKeyOf(Settings settings) => settings.AdminKey is not { Length: < AdminKeyLengthMin }
        ? settings.AdminKey
        : throw new SettingsException($"{Settings.AdminKeyName} must have at least {AdminKeyLengthMin} characters; make one with: openssl rand -hex 32");

    private static async Task TellAsync(CommandContext context, IReadOnlyList<string> urls)
    {
        foreach (var url in urls)
        {
            await context.Out.WriteLineAsync($"Listening on {url}");
        }

        await context.Out.WriteLineAsync("Make the first key with: farthing keys create --role admin --name NAME");
        await context.Out.FlushAsync();
        if (!urls.All(UrlsOption.IsLoopback))
        {
            await context.Error.WriteLineAsync("Other machines can reach this server, and what they send is not encrypted; put a proxy with https in front.");
        }
    }
}
