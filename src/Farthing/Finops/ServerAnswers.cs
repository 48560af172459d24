using System.Text;
using Farthing.Workflows.Spending;

namespace Farthing.Finops;

/// <summary>Answers from a server; each question is one request.</summary>
/// <param name="client">The server.</param>
internal sealed class ServerAnswers(ServerClient client) : IFinopsAnswers
{
    private const string TeamsPath = "teams?limit=500";
    private const int TeamPagesMax = 20;

    /// <inheritdoc/>
    public async Task<string?> TeamAsync(string named, CancellationToken cancellationToken)
    {
        var teams = new List<(string, string)>();
        var path = TeamsPath;
        for (var page = 0; page < TeamPagesMax && path is not null; page++)
        {
            try
            {
                var reply = await client.SendAsync(HttpMethod.Get, path, body: null, cancellationToken);
                teams.AddRange(AnswerJson.Read(reply.Body, FinopsFiguresJson.Default.ListTeamFigures).Select(static team => (team.Id, team.Name)));
                path = reply.Next;
            }
            catch (AnswerException refused) when (refused.IsForbidden)
            {
                // Leads and engineers may not list teams; whatever they name, they see their own.
                return null;
            }
        }

        return TeamNames.Find(named, teams);
    }

    /// <inheritdoc/>
    public Task<byte[]> CacheAsync(AskedSpend asked, CancellationToken cancellationToken) =>
        client.GetAsync(Path("finops/cache", [.. Of(asked), ("diagnose", "true")]), cancellationToken);

    /// <inheritdoc/>
    public Task<byte[]> PlansAsync(AskedSpend asked, string? provider, CancellationToken cancellationToken) =>
        client.GetAsync(Path("finops/plans", [.. Of(asked), ("provider", provider)]), cancellationToken);

    /// <inheritdoc/>
    public Task<byte[]> LineAsync(AskedSpend asked, int days, CancellationToken cancellationToken) =>
        client.GetAsync(Path("finops/forecast", [.. Of(asked), ("forecast_days", AnswerJson.Number(days))]), cancellationToken);

    /// <inheritdoc/>
    public Task<byte[]> ForecastAsync(AskedForecast asked, CancellationToken cancellationToken) => client.GetAsync(
        Path(
            "forecasts",
            ("scope", asked.Scope),
            ("id", asked.Id.Length > 0 ? asked.Id : null),
            ("by", asked.By),
            ("forecast_days", AnswerJson.Number(asked.Days))),
        cancellationToken);

    /// <summary>A path with a query; what is null is left out.</summary>
    public static string Path(string path, params IEnumerable<(string Name, string? Value)> query)
    {
        var text = new StringBuilder(path);
        var separator = '?';
        foreach (var (name, value) in query.Where(static parameter => parameter.Value is not null))
        {
            text.Append(separator).Append(name).Append('=').Append(Uri.EscapeDataString(value!));
            separator = '&';
        }

        return text.ToString();
    }

    private static (string Name, string? Value)[] Of(AskedSpend asked) =>
    [
        ("team_id", asked.Team),
        ("start_date", asked.From is { } from ? ReportTime.Iso(from) : null),
        ("end_date", asked.To is { } to ? ReportTime.Iso(to) : null),
    ];
}
