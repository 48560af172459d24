using System.Net.Http.Headers;
using System.Security.Authentication;
using System.Text;
using Farthing.Workflows.Notifying;

namespace Farthing.Connectors.Notifications;

/// <summary>Posts JSON to an address that was set up. Redirects are not followed, and of the answer only the status counts.</summary>
public sealed class WebhookSender : IDisposable
{
    private static readonly TimeSpan AnswerTimeMax = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan ConnectionLifeMax = TimeSpan.FromMinutes(5);

    private readonly HttpClient client;

    /// <summary>A sender.</summary>
    /// <param name="dialing">Opens its connections.</param>
    public WebhookSender(SafeDialing dialing)
    {
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,

            // A proxy would dial instead of us, unchecked.
            UseProxy = false,
            PooledConnectionLifetime = ConnectionLifeMax,
            ConnectCallback = async (context, token) => await dialing.DialAsync(context.DnsEndPoint.Host, context.DnsEndPoint.Port, token),
        };
        client = new(handler) { Timeout = AnswerTimeMax };
    }

    /// <summary>Posts once.</summary>
    /// <param name="address">Where; never told in a reason, for it may hold a secret.</param>
    /// <param name="json">What.</param>
    /// <param name="headers">Further headers.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<Delivery> PostAsync(Uri address, string json, IReadOnlyDictionary<string, string> headers, CancellationToken cancellationToken)
    {
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = new StringContent(json, Encoding.UTF8, new MediaTypeHeaderValue("application/json", "utf-8")) };
            foreach (var (name, value) in headers)
            {
                request.Headers.TryAddWithoutValidation(name, value);
            }

            using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            return response.IsSuccessStatusCode ? Delivery.Done : Delivery.Failed($"The other side answered {(int)response.StatusCode}.");
        }
        catch (HttpRequestException failure)
        {
            return Delivery.Failed(ReasonOf(failure));
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return Delivery.Failed("The other side did not answer in time.");
        }
    }

    /// <inheritdoc/>
    public void Dispose() => client.Dispose();

    /// <summary>Only reasons of ours are told: those of the framework name the address.</summary>
    private static string ReasonOf(HttpRequestException failure) => failure.InnerException switch
    {
        AuthenticationException => "The other side's certificate is not trusted.",
        NotDialedException { Message: var reason } => reason,
        _ => "The other side cannot be reached.",
    };
}
