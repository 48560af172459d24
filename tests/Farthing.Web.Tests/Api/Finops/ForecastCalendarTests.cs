using System.Globalization;
using static Farthing.Web.Tests.Api.Finops.Spender;

namespace Farthing.Web.Tests.Api.Finops;

/// <summary>History and forecast are told by one calendar, that of the organisation.</summary>
public sealed class ForecastCalendarTests
{
    private const string Path = "finops/forecast";

    [Theory]
    [InlineData("Asia/Kathmandu", "2026-11-14 1 1", "2026-11-15 2 1", "2026-11-16 12 2")]
    [InlineData("Pacific/Pago_Pago", "2026-11-14 3 2", "2026-11-15 12 2", null)]
    [InlineData("UTC", "2026-11-14 1 1", "2026-11-15 6 2", "2026-11-16 8 1")]
    public async Task The_days_are_those_of_the_zone_and_add_up_to_the_range(string zone, params string?[] days)
    {
        await using var spender = await StartAsync(default, new() { Zone = TimeZoneInfo.FindSystemTimeZoneById(zone) });
        Spend(spender);

        var ours = await spender.ReadAsync($"{Path}?method=auto");
        var line = await spender.ReadAsync(Path);

        Told(ours).ShouldBe(days.OfType<string>());
        Told(line).ShouldBe(Told(ours));
        ours.Numbers("historical", "estimated_cost").Sum().ShouldBe(15);
    }

    [Theory]
    [InlineData("Asia/Kathmandu", "2026-11-16", "0.7812")]
    [InlineData("Pacific/Pago_Pago", "2026-11-16", "2.8749")]
    public async Task The_forecast_goes_on_from_what_is_left_of_today_of_the_same_calendar(string zone, string today, string left)
    {
        await using var spender = await StartAsync(default, new() { Zone = TimeZoneInfo.FindSystemTimeZoneById(zone) });
        for (var day = 1; day <= 14; day++)
        {
            spender.Pay(Now.AddDays(-day), 3);
        }

        var ours = await spender.ReadAsync($"{Path}?method=auto&forecast_days=3");

        ours.List("forecast")[0].Word("date").ShouldBe(today);
        ours.List("historical")[^1].Word("date").ShouldBe("2026-11-15");
        ours.Numbers("forecast", "projected_cost").ShouldBe([decimal.Parse(left, CultureInfo.InvariantCulture), 3, 3]);
    }

    // Noon of 14 November, 05:00 and 18:20 of the 15th, 05:00 of the 16th, all of them UTC.
    private static void Spend(Spender spender)
    {
        spender.Pay(Now.AddDays(-2), 1);
        spender.Pay(Now.AddDays(-1).AddHours(-7), 2);
        spender.Pay(Now.AddDays(-1).AddHours(6).AddMinutes(20), 4);
        spender.Pay(Now.AddHours(-7), 8);
    }

    private static IEnumerable<string> Told(System.Text.Json.JsonElement answer) =>
        answer.List("historical").Select(static day => $"{day.Word("date")} {day.Number("estimated_cost"):0.##} {day.Number("session_count")}");
}
