using System.Globalization;
using Farthing.Domain.Usage;
using Farthing.Web;
using Farthing.Web.Hosting;
using Farthing.Workflows.Access;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Farthing.Serving;

/// <summary>A server, from its start to its end. With <see cref="ServerStores"/> the only class of the host that loads a server.</summary>
internal static class ServerRun
{
    private const int AdminKeyLengthMin = 32;

    /// <summary>Serves until the process is told to stop; requests that are being answered are finished.</summary>
    /// <returns>The exit code.</returns>
    public static Task<int> RunAsync(CommandContext context, IReadOnlyList<string> urls, CancellationToken cancellationToken) =>
        RunAsync(context, urls, TellAsync, cancellationToken);

    /// <summary>The same for whoever sits at this machine: a link signs them in.</summary>
    public static Task<int> RunWithLinkAsync(CommandContext context, IReadOnlyList<string> urls, CancellationToken cancellationToken) =>
        RunAsync(context, urls, TellLinkAsync, cancellationToken);

    private static async Task<int> RunAsync(
        CommandContext context, IReadOnlyList<string> urls, Func<CommandContext, WebApplication, Task> tellAsync, CancellationToken cancellationToken)
    {
        var prices = context.Settings.RunPrices.Read();
        var plans = context.Settings.ReadPlans();
        var proxies = context.Settings.Proxies.Read();
        var adminKey = AdminKeyOf(context.Settings);
        await using var stores = await ServerStores.OpenAsync(context, cancellationToken);
        var options = WithRates(context.Settings.Rates, new()
        {
            Urls = urls,
            Proxies = proxies,
            AdminKey = adminKey,
            RunPrices = prices,
            Plans = plans,
            CloseGrace = context.Settings.CloseGrace,
            Money = MoneyFormatOf(context.Settings),
            Zone = ZoneName.InForce(context.Settings, context.Time),
            IsDemo = context.Settings.IsDemo,
            Log = context.Error,
            Time = context.Time,
        });
        await using var app = FarthingServer.Build(options, services =>
        {
            stores.AddTo(services);
            ServerNotifiers.AddTo(services, context.Settings.Notifiers, context.Time);
        });
        await app.StartAsync(cancellationToken);
        await tellAsync(context, app);
        await WarnAsync(context, [.. app.Urls]);
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

    private static MoneyFormat MoneyFormatOf(Settings settings) => settings.MoneyFormat is not { } example ? MoneyFormat.Usual
        : MoneyFormat.Find(example) ?? throw new SettingsException($"{Settings.MoneyFormatName} must be {MoneyFormat.Rule}. It is '{example}'.");

    private static async Task TellAsync(CommandContext context, WebApplication app)
    {
        foreach (var url in app.Urls)
        {
            await context.Out.WriteLineAsync($"Listening on {url}");
        }

        await context.Out.WriteLineAsync("Make the first key with: farthing keys create --role admin --name NAME");
        await context.Out.WriteLineAsync("With it programs call the API, and you sign in to the dashboard at the address above.");
        await context.Out.FlushAsync();
    }

    /// <summary>The link goes to the standard output alone: it is as good as a key until somebody follows it.</summary>
    private static async Task TellLinkAsync(CommandContext context, WebApplication app)
    {
        var link = await app.Services.GetRequiredService<SignIns>().MakeLinkAsync(new() { Org = Dimensions.LocalOrg, Role = Role.Operator }, CancellationToken.None);
        await context.Out.WriteLineAsync($"Open {app.Urls.First()}/sign-in?link={link}");
        await context.Out.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture, $"The link signs a browser in once, within {SignIns.LinkLife.TotalMinutes:0} minutes. Stop the server with Ctrl+C."));
        await context.Out.FlushAsync();
    }

    private static async Task WarnAsync(CommandContext context, IReadOnlyList<string> urls)
    {
        if (!urls.All(UrlsOption.IsLoopback))
        {
            await context.Error.WriteLineAsync("Other machines can reach this server, and what they send is not encrypted; put a proxy with https in front.");
        }
    }
}
