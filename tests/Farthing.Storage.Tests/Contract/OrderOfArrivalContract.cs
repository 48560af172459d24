using Farthing.Domain.Usage;
using Farthing.Workflows.Spending;
using FsCheck;
using FsCheck.Fluent;

namespace Farthing.Storage.Tests.Contract;

/// <summary>Records of calls may arrive in any order, in any batches, any number of times: the store ends up the same.</summary>
public abstract class OrderOfArrivalContract
{
    private static readonly Config Seeded = Config.QuickThrowOnFailure.WithReplay(7_417, 3).WithMaxTest(120);

    [Fact]
    public void Neither_order_nor_batches_nor_repetition_change_what_is_stored() =>
        Prop.ForAll(Histories.ToArbitrary(), history =>
        {
            var expected = Await.Value(() => ImportAsync([history.Records]));
            var actual = Await.Value(() => ImportAsync(history.Batches));

            actual.ShouldBe(expected);
        }).Check(Seeded);

    protected abstract StoreUnderTest Create();

    /// <summary>Copies of one call: transcript lines under its own key, telemetry under other keys with a request in common.</summary>
    private static Gen<InventedCall[]> CopiesOf(int call) =>
        (from hours in Gen.Choose(0, 70)
         from minute in Gen.Choose(0, 59)
         from size in Gen.Elements(1, 40, 100)
         from isSide in Gen.Frequency((3, Gen.Constant(false)), (1, Gen.Constant(true)))
         from isTelemetry in Gen.Frequency((3, Gen.Constant(false)), (1, Gen.Constant(true)))
         from request in Gen.Elements(null, "a", "b")
         select new InventedCall
         {
             Key = isTelemetry ? $"telemetry-{call}-{hours}-{minute}" : $"msg-{call}",
             VaryingTime = !isTelemetry,
             Request = request is null && !isTelemetry ? null : $"req-{call}-{request ?? "a"}",
             At = InventedCall.Noon.AddHours(hours).AddMinutes(minute).AddSeconds(isTelemetry ? 1 : 0),
             Session = $"session-{hours % 4}",
             Project = $"/srv/{hours % 4}",
             Output = size,
             Model = size == 40 ? "model-b" : "model-a",
             Quality = isSide ? EventQuality.Sidechain : EventQuality.Good,
             Run = isTelemetry ? $"run-{call}" : string.Empty,
             Duration = isTelemetry ? minute : null,
         }).ArrayOf().Resize(6);

    private static Gen<History> Histories =>
        from calls in Gen.Choose(1, 5)
        from copies in Gen.CollectToArray(Enumerable.Range(0, calls).Select(CopiesOf))
        let records = copies.SelectMany(copy => copy).ToArray()
        from repeated in Gen.SubListOf(records)
        from shuffled in Gen.Shuffle([.. records, .. repeated])
        from sizes in Gen.Choose(1, 7).ArrayOf(records.Length + 1)
        select new History(records, [.. Split(shuffled, sizes)]);

    private static IEnumerable<InventedCall[]> Split(InventedCall[] records, int[] sizes)
    {
        var next = 0;
        foreach (var size in sizes)
        {
            yield return records[Math.Min(next, records.Length)..Math.Min(next + size, records.Length)];
            next += size;
        }

        yield return records[Math.Min(next, records.Length)..];
    }

    private async Task<string> ImportAsync(IEnumerable<InventedCall[]> batches)
    {
        await using var store = Create();
        foreach (var batch in batches)
        {
            var result = await store.AppendAsync(batch);
            (result.Accepted + result.Duplicates + result.Superseded + result.Conflicts).ShouldBe(batch.Length);
            result.Conflicts.ShouldBe(0);
        }

        var query = new SpendQuery { Zone = TimeZoneInfo.Utc, GroupBy = [SpendDimension.Project, SpendDimension.Model] };
        var fromRollup = await store.SpendAsync(query);
        var bySession = await store.SpendAsync(query with { GroupBy = [SpendDimension.Project, SpendDimension.Model, SpendDimension.Session] });
        bySession.Select(row => row with { Session = string.Empty, FirstAt = null, LastAt = null }).ShouldBe(fromRollup);
        return await store.DescribeAsync() + "\n" + string.Join('\n', fromRollup);
    }

    private sealed record History(InventedCall[] Records, IReadOnlyList<InventedCall[]> Batches)
    {
        public override string ToString() =>
            string.Join("\n---\n", Batches.Select(batch => string.Join('\n', batch.Select(call =>
                $"{call.Key} {call.At:MM-dd HH:mm:ss} {call.Request} {call.Output} {call.Quality}"))));
    }
}
