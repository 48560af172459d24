using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Farthing.Web.Tests;

/// <summary>
/// Counts what requests ask of the stores: every call of a port that the storage implements, with its name. What runs in
/// the background is not counted. A port's call may be several statements of a store.
/// </summary>
internal sealed class StoreCalls : IStartupFilter
{
    private static readonly AsyncLocal<List<string>?> Current = new();

    /// <summary>What the newest request asked for, in its order; all of it once its answer was read to the end.</summary>
    public IReadOnlyList<string> Newest { get; private set; } = [];

    /// <summary>Counts in a server whose stores have been added.</summary>
    public void AddTo(IServiceCollection services)
    {
        services.AddSingleton<IStartupFilter>(this);
        for (var index = 0; index < services.Count; index++)
        {
            if (services[index] is { ServiceType.IsInterface: true, ImplementationInstance: { } store } port && store.GetType().Assembly.GetName().Name == "Farthing.Storage")
            {
                services[index] = new(port.ServiceType, CountedPort.Over(port.ServiceType, store));
            }
        }
    }

    /// <inheritdoc/>
    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.Use(async (HttpContext context, RequestDelegate rest) =>
        {
            var calls = new List<string>();
            // Before it is answered: whoever has read the answer may look at once.
            (Current.Value, Newest) = (calls, calls);
            await rest(context);
        });
        next(app);
    };

    /// <summary>A port that counts its calls and passes them on.</summary>
    [SuppressMessage("Performance", "CA1852", Justification = "The proxy that is made is a subtype.")]
    private class CountedPort : DispatchProxy
    {
        private object store = null!;

        public static object Over(Type port, object store)
        {
            var counted = Create(port, typeof(CountedPort));
            ((CountedPort)counted).store = store;
            return counted;
        }

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
        {
            if (Current.Value is { } calls)
            {
                lock (calls)
                {
                    calls.Add(targetMethod!.Name);
                }
            }

            return targetMethod!.Invoke(store, BindingFlags.DoNotWrapExceptions, binder: null, args, culture: null);
        }
    }
}
