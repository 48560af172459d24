using System.Globalization;
using Farthing.Web.Dashboard.Frame;
using Farthing.Web.Dashboard.Pages.SigningIn;
using Farthing.Web.Hosting;
using Farthing.Workflows.Access;
using Farthing.Workflows.Forecasting;
using Farthing.Workflows.Inspecting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Farthing.Web.Dashboard.Pages.Admin;

/// <summary>How well calls are known, and how the server is.</summary>
internal static class InspectionPages
{
    private const string Title = "Admin";

    /// <summary>Maps them.</summary>
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/admin/quality", QualityAsync).WithName("ReadQualityPage").OpenToBrowsers(RoleSets.OverPeople).Reads(DaySpan.Words);
        routes.MapGet("/admin/health", HealthAsync).WithName("ReadHealthPage").OpenToBrowsers(Role.Admin);
    }

    private static async Task<IResult> QualityAsync(HttpRequest request, Caller caller, ReadQuality read, SpendCalendar calendar, CancellationToken cancellationToken)
    {
        var span = DaySpan.Read(request.Query);
        var (first, last) = span.DaysAt(calendar.Today);
        return new PageResult<QualityPage>(Title).With("Span", span).With("Quality", await read.ReadAsync(caller, first, last, cancellationToken));
    }

    private static async Task<IResult> HealthAsync(Caller caller, ReadHealth read, ServerStart start, CancellationToken cancellationToken) =>
        new PageResult<HealthPage>(Title).With("Health", await read.ReadAsync(caller, cancellationToken)).With("StartedAt", start.At);
}

/// <summary>Spans of time and sizes as people say them.</summary>
public static class InspectionText
{
    private const double Kibi = 1024;

    /// <summary>How long something is: <c>3 d 4 h</c>, <c>12 min</c>; the two largest parts.</summary>
    public static string Lasting(TimeSpan time) => time switch
    {
        { Ticks: < 0 } => "not yet",
        { TotalMinutes: < 1 } => "less than a minute",
        { TotalHours: < 1 } => string.Create(CultureInfo.InvariantCulture, $"{time.Minutes} min"),
        { TotalDays: < 1 } => string.Create(CultureInfo.InvariantCulture, $"{time.Hours} h {time.Minutes} min"),
        _ => string.Create(PageText.Numbers, $"{time.Days:N0} d {time.Hours} h"),
    };

    /// <summary>How much room something takes: <c>3.4 MiB</c>.</summary>
    public static string Room(long bytes) => bytes switch
    {
        < 1 << 20 => string.Create(PageText.Numbers, $"{bytes / Kibi:N0} KiB"),
        < 1 << 30 => string.Create(PageText.Numbers, $"{bytes / Kibi / Kibi:N1} MiB"),
        _ => string.Create(PageText.Numbers, $"{bytes / Kibi / Kibi / Kibi:N1} GiB"),
    };
}
