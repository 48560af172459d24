using Farthing.Web.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Farthing.Web;

/// <summary>
/// Builds the server. It reads no configuration of its own, neither files nor environment: what the options say is all
/// there is, so nothing lying about can make it listen elsewhere.
/// </summary>
public static class FarthingServer
{
    /// <summary>Builds a server that has not been started.</summary>
    /// <param name="options">How it is set up.</param>
    /// <param name="addStores">Adds the ports that the workflows need.</param>
    public static WebApplication Build(ServerOptions options, Action<IServiceCollection> addStores)
    {
        var builder = WebApplication.CreateEmptyBuilder(new() { ApplicationName = "farthing", EnvironmentName = Environments.Production });
        builder.WebHost.UseKestrelCore().ConfigureKestrel(ServerLimits.Apply);
        builder.Logging.AddProvider(new PlainLog(options.Log, options.Time));
        builder.Logging.SetMinimumLevel(LogLevel.Information).AddFilter("Microsoft", LogLevel.Warning).AddFilter("System", LogLevel.Warning);
        builder.Services.Configure<HostOptions>(static host => host.ShutdownTimeout = ServerLimits.ShutdownTimeMax);
        builder.Services.AddSingleton(options).AddSingleton(options.Time).AddSingleton(new ServerStart(options.Time.GetUtcNow()));
        addStores(builder.Services);
        builder.Services.AddFarthingApi();

        var app = builder.Build();
        foreach (var url in options.Urls)
        {
            app.Urls.Add(url);
        }

        app.MapFarthingApi();
        return app;
    }
}
