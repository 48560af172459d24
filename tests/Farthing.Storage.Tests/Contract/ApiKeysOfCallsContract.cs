using Farthing.Workflows.Access;
using Farthing.Workflows.Metering;
using Farthing.Workflows.Spending;

namespace Farthing.Storage.Tests.Contract;

/// <summary>What every store knows of the keys that calls were told by.</summary>
public abstract class ApiKeysOfCallsContract
{
    private static readonly DateTimeOffset Noon = InventedCall.Noon;

    private static readonly SpendQuery All = new() { Zone = TimeZoneInfo.Utc, ByDay = false };
    private static readonly SpendQuery ByKey = All with { GroupBy = [SpendDimension.ApiKey] };

    [Fact]
    public async Task Spend_is_grouped_and_filtered_by_key_and_coarser_sums_have_no_more_rows_for_it()
    {
        await using var store = Create();
        var call = new InventedCall { User = "ann", Team = "red", Session = "s" };
        await store.AppendAsync(
            call with { Key = "1" }, call with { Key = "2", ApiKey = "k1" }, call with { Key = "3", ApiKey = "k1", At = Noon.AddDays(1) }, call with { Key = "4", ApiKey = "k2" },
            call with { Key = "5", ApiKey = "k1", Org = "other" });

        (await store.SpendAsync(ByKey)).Select(static row => $"{row.ApiKey}:{row.Calls}").ShouldBe([":1", "k1:2", "k2:1"]);
        (await store.SpendAsync(ByKey with { ByDay = true, Only = [new(SpendDimension.ApiKey, ["k1"])] }))
            .Select(static row => $"{row.Day.Day} {row.ApiKey}:{row.Calls}").ShouldBe(["4 k1:1", "5 k1:1"]);
        (await store.SpendAsync(All with { Only = [new(SpendDimension.ApiKey, ["k2", string.Empty])] })).ShouldHaveSingleItem().Calls.ShouldBe(2);
        (await store.SpendAsync(All with { Within = new("local", ScopeReach.Engineer, "bob"), Only = [new(SpendDimension.ApiKey, ["k1"])] })).ShouldBeEmpty();
        (await store.Spending.SessionsAsync(All, StoreUnderTest.Cancellation)).ShouldHaveSingleItem().Sessions.ShouldBe(1);
        foreach (var level in new[] { "team_days", "person_days", "person_weeks", "project_weeks" })
        {
            // Two days of the one organisation, which lie in one week, and one of the other.
            (await CountAsync(store, $"SELECT count(*) FROM {level}")).ShouldBe(level.EndsWith("days", StringComparison.Ordinal) ? 3 : 2, level);
            (await CountAsync(store, $"SELECT sum(calls) FROM {level}")).ShouldBe(5, level);
            (await CountAsync(store, $"SELECT count(*) FROM {level} WHERE series IN (SELECT id FROM series WHERE api_key <> '')")).ShouldBe(0, level);
        }
    }

    [Fact]
    public async Task A_key_with_more_series_than_are_looked_for_is_summed_too()
    {
        await using var store = Create();
        await store.AppendAsync([.. Enumerable.Range(0, 350).Select(static number =>
            new InventedCall { Key = $"{number}", ApiKey = number == 0 ? "small" : "large", Branch = $"b{number}", At = Noon.AddHours(number % 50), VaryingTime = false }.Rated())]);

        (await CallsOfAsync("large")).ShouldBe(349);
        (await CallsOfAsync("small")).ShouldBe(1);

        async Task<long> CallsOfAsync(string key) => (await store.SpendAsync(All with { Only = [new(SpendDimension.ApiKey, [key])] })).ShouldHaveSingleItem().Calls;
    }

    [Fact]
    public async Task A_call_that_another_key_tells_again_is_a_duplicate_and_stays_with_the_first()
    {
        await using var store = Create();
        var call = new InventedCall { ApiKey = "k1", VaryingTime = false };
        await store.AppendAsync(call);

        (await store.AppendAsync(call with { ApiKey = "k2" })).ShouldBe(AppendResult.Of(AppendVerdict.Duplicate));
        (await store.AppendAsync(call with { ApiKey = string.Empty })).ShouldBe(AppendResult.Of(AppendVerdict.Duplicate));

        (await store.SpendAsync(ByKey)).Select(static row => $"{row.ApiKey}:{row.Calls}").ShouldBe(["k1:1"]);
        (await store.ConflictsAsync("local")).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_better_or_earlier_record_keeps_the_key_and_one_that_knows_it_tells_it()
    {
        await using var store = Create();
        var (told, read) = (new InventedCall { Key = "told", ApiKey = "k1" }, new InventedCall { Key = "read" });
        await store.AppendAsync(told, read);

        (await store.AppendAsync(told with { ApiKey = "k2", Output = 900 })).ShouldBe(AppendResult.Of(AppendVerdict.Superseded));
        await store.AppendAsync(told with { ApiKey = "k3", Output = 900, At = Noon.AddMinutes(-1) });
        (await store.AppendAsync(read with { ApiKey = "k4" })).ShouldBe(AppendResult.Of(AppendVerdict.Duplicate));

        (await store.CallsAsync()).Select(static call => $"{call.Usage.Dimensions.ApiKey} {call.Usage.Tokens.Output}").ShouldBe(["k1 900", "k4 100"]);
        (await store.SpendAsync(ByKey)).Select(static row => $"{row.ApiKey}:{row.Calls}").ShouldBe(["k1:1", "k4:1"]);
        (await store.SpendAsync(All)).ShouldHaveSingleItem().Calls.ShouldBe(2);
    }

    [Fact]
    public async Task What_was_stored_before_there_were_keys_keeps_its_numbers_and_sums()
    {
        await using var store = Create();
        var calls = Enumerable.Range(0, 40).Select(static number => new InventedCall
        {
            Key = $"{number}", User = $"u{number % 3}", Branch = $"b{number % 4}", Session = $"s{number % 5}", Org = number % 9 == 0 ? "other" : "local", At = Noon.AddHours(number * 5), VaryingTime = false,
        }).ToList();
        await store.AppendAsync([.. calls.Select(static call => call.Rated())]);
        var before = await AnswersAsync();
        var series = await CountAsync(store, "SELECT count(*) FROM series");

        await MakeOlderAsync(store);

        (await AnswersAsync()).ShouldBe(before);
        (await AppendAnewAsync(store, [.. calls.Select(static call => call.Rated())])).ShouldBe(new(0, 40, 0, 0));
        (await AppendAnewAsync(store, [.. calls.Select(static call => (call with { Key = $"more {call.Key}" }).Rated())])).ShouldBe(new(40, 0, 0, 0));
        (await CountAsync(store, "SELECT count(*) FROM series")).ShouldBe(series);
        await AppendAnewAsync(store, [(calls[1] with { Key = "keyed", ApiKey = "k1" }).Rated()]);
        (await store.SpendAsync(ByKey)).Select(static row => $"{row.ApiKey}:{row.Calls}").ShouldBe([":70", "k1:1"]);
        (await CountAsync(store, "SELECT count(*) FROM series")).ShouldBe(series + 1);

        async Task<string> AnswersAsync()
        {
            var answers = new List<object>();
            foreach (var query in new[] { All, All with { Org = "other" }, All with { GroupBy = [SpendDimension.User, SpendDimension.Branch] }, All with { ByDay = true } })
            {
                answers.AddRange(await store.SpendAsync(query));
                answers.AddRange(await store.Spending.SessionsAsync(query, StoreUnderTest.Cancellation));
            }

            return string.Join('\n', answers);
        }
    }

    protected abstract StoreUnderTest Create();

    /// <summary>Takes keys out of the tables as the migration before had them, and runs the migration again.</summary>
    protected abstract Task MakeOlderAsync(StoreUnderTest store);

    /// <summary>Appends by somebody who remembers nothing of the store.</summary>
    protected abstract Task<AppendResult> AppendAnewAsync(StoreUnderTest store, IReadOnlyList<RatedEvent> calls);

    /// <summary>The number that a query yields.</summary>
    protected abstract Task<long> CountAsync(StoreUnderTest store, string sql);
}
