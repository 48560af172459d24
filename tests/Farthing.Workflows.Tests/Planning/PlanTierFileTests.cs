using System.Globalization;
using System.Text;
using Farthing.Domain.Money;
using Farthing.Domain.PlanFit;
using Farthing.Testing;
using Farthing.Workflows.Planning;
using FsCheck;
using FsCheck.Fluent;

namespace Farthing.Workflows.Tests.Planning;

/// <summary>A file of tiers is read as it stands, or refused in one line that says which tier is wrong and how.</summary>
public sealed class PlanTierFileTests
{
    private const string Small = """{"provider":"acme","name":"small","label":"Small","monthly_cost":"20"}""";

    private static readonly IEnumerable<int> Days = Enumerable.Range(1, 14);

    private static Arbitrary<Sale[]> AnyTiers { get; } =
        (from count in Gen.Choose(1, 4)
         from sales in
             (from name in Gen.Choose(1, 4)
              from price in Gen.Choose(0, 4)
              from first in Gen.Choose(1, 9)
              from days in Gen.Choose(1, 5)
              select new Sale(name, price, first, days == 5 ? null : first + days)).ArrayOf(count)
         select sales).ToArbitrary();

    [Fact]
    public void Every_member_is_read()
    {
        var tier = Tiers("""
            {"provider":"acme","name":"team_5x","label":"Team \u00d75","monthly_cost":"19.99","capacity":{"amount":"70.5","window":"week","basis":"https://acme.example"},
             "overage":"blocked","from":"2026-01-01","to":"2026-07-01"}
            """).ShouldHaveSingleItem();

        tier.ShouldBe(new()
        {
            Provider = "acme",
            Name = "team_5x",
            Label = "Team ×5",
            MonthlyCost = Usd.FromDecimal(19.99m),
            Capacity = new(Usd.FromDecimal(70.5m), CapacityWindow.Week, "https://acme.example"),
            Overage = Overage.Blocked,
            From = new(2026, 1, 1),
            To = new(2026, 7, 1),
        });
    }

    [Fact]
    public void What_is_left_out_or_null_is_unknown_unlimited_or_open()
    {
        var tiers = Tiers($$"""{{Small}},{"provider":"acme","name":"any","label":"Any","monthly_cost":"30","capacity":{"amount":null,"window":"month"},"from":null,"to":null}""");

        (tiers[0].Capacity, tiers[0].Overage, tiers[0].From, tiers[0].To).ShouldBe((null, Overage.ApiPrice, null, null));
        tiers[1].Capacity.ShouldBe(new(null, CapacityWindow.Month, PlanCapacity.Assumed));
    }

    [Theory]
    [InlineData("""{"name":"s","provider":"acme","price":"1"}""", "tier 1, acme/s: 'price' is not a known member")]
    [InlineData("""{"provider":"acme","name":"s","monthly_cost":"-1"}""", "tier 1, acme/s: monthly_cost of '-1' is negative")]
    [InlineData("""{"provider":"acme","name":"s","monthly_cost":"1.0000000001"}""", "tier 1, acme/s: monthly_cost of '1.0000000001' has more than nine decimals")]
    [InlineData("""{"provider":"acme","name":"s","monthly_cost":"2e1"}""", "tier 1, acme/s: monthly_cost of '2e1' is not a plain decimal")]
    [InlineData("""{"provider":"acme","name":"s","monthly_cost":20}""", "tier 1, acme/s: monthly_cost is not a decimal in quotes")]
    [InlineData("""{"provider":"acme","name":"s","monthly_cost":null}""", "tier 1, acme/s: monthly_cost is not a decimal in quotes")]
    [InlineData("""{"provider":"acme","name":"s","label":"S"}""", "tier 1, acme/s: it has no monthly_cost")]
    [InlineData("""{"provider":"acme","name":"s","label":"S","monthly_cost":"1000000.01"}""", "tier 1, acme/s: an amount is above 1000000 dollars")]
    [InlineData("""{"provider":"acme","name":"s","monthly_cost":"1"}""", "tier 1, acme/s: a label is 1 to 100 printable characters")]
    [InlineData("""{"provider":"acme","name":"s","label":"\u001b[1m","monthly_cost":"1"}""", "tier 1, acme/s: a label is 1 to 100 printable characters")]
    [InlineData("""{"provider":"Acme","name":"s","label":"S","monthly_cost":"1"}""", "tier 1, unnamed: a provider is 1 to 40 lower-case letters, digits, '-', '_' and '.'")]
    [InlineData("""{"provider":"acme","label":"S","monthly_cost":"1"}""", "tier 1, unnamed: a name is 1 to 40 lower-case letters, digits, '-', '_' and '.'")]
    [InlineData("""{"provider":"acme","name":"s","from":"2026-02-30"}""", "tier 1, acme/s: from is no day such as 2026-01-31")]
    [InlineData("""{"provider":"acme","name":"s","to":"01.02.2026"}""", "tier 1, acme/s: to is no day such as 2026-01-31")]
    [InlineData("""{"provider":"acme","name":"s","to":nil}""", "tier 1, acme/s: to is no value")]
    [InlineData("""{"provider":"acme","name":"s","label":"S","monthly_cost":"1","from":"2026-02-01","to":"2026-02-01"}""", "tier 1, acme/s: it ends on 2026-02-01, which is not after it begins")]
    [InlineData("""{"provider":"acme","name":"s","overage":"free"}""", "tier 1, acme/s: overage is api_price or blocked")]
    [InlineData("""{"provider":"acme","name":"s","capacity":{"amount":"1","window":"day"}}""", "tier 1, acme/s: a window is month, week or five_hours")]
    [InlineData("""{"provider":"acme","name":"s","capacity":{"amount":"1"}}""", "tier 1, acme/s: its capacity has no window")]
    [InlineData("""{"provider":"acme","name":"s","capacity":{"window":"week"}}""", "tier 1, acme/s: its capacity has no amount; null is any amount")]
    [InlineData("""{"provider":"acme","name":"s","capacity":{"amount":"-1","window":"week"}}""", "tier 1, acme/s: amount of '-1' is negative")]
    [InlineData("""{"provider":"acme","name":"s","capacity":{"amount":"1","per":"week"}}""", "tier 1, acme/s: 'per' is not a known member")]
    [InlineData("""{"provider":"acme","name":"s","label":"S","monthly_cost":"1","capacity":{"amount":"0","window":"week"}}""", "tier 1, acme/s: a seat covers something; leave the capacity out when nobody knows how much")]
    [InlineData("""{"provider":"acme","name":"s","label":"S","monthly_cost":"0","capacity":{"amount":"9","window":"week"}}""", "tier 1, acme/s: it costs nothing, so it is paying by API, and that has no capacity")]
    [InlineData("""{"provider":"acme","name":"api_key","label":"S","monthly_cost":"5"}""", "tier 1, acme/api_key: that name is kept for paying by API, which costs nothing by itself")]
    public void A_wrong_tier_is_refused_by_its_name(string tier, string refusal) => Refusal(tier).ShouldBe(refusal);

    [Theory]
    [InlineData("""{"provider":"acme","name":"small","label":"S","monthly_cost":"30"}""", "tier 2, acme/small: a tier of that name is sold on the same days")]
    [InlineData("""{"provider":"acme","name":"other","label":"S","monthly_cost":"20.00","from":"2026-01-01"}""", "tier 2, acme/other: acme/small has the same price on the same days")]
    [InlineData("""{"provider":"acme","name":"a","label":"A","monthly_cost":"0"},{"provider":"acme","name":"b","label":"B","monthly_cost":"0.00"}""", "tier 3, acme/b: acme/a is paying by API on the same days; there is one such tier")]
    public void Tiers_that_cannot_be_told_apart_on_some_day_are_refused(string more, string refusal) => Refusal($"{Small},{more}").ShouldBe(refusal);

    [Fact]
    public void A_tier_may_change_its_price_on_a_day_and_another_provider_may_have_the_same()
    {
        Tiers("""
            {"provider":"acme","name":"small","label":"S","monthly_cost":"20","to":"2026-07-01"},
            {"provider":"acme","name":"small","label":"S","monthly_cost":"25","from":"2026-07-01"},
            {"provider":"other","name":"small","label":"S","monthly_cost":"20"}
            """).Count.ShouldBe(3);
    }

    [Theory]
    [InlineData("", "the file: expected an object in line 1")]
    [InlineData("{}", "the file: it has no tiers")]
    [InlineData("""{"tiers":{}}""", "the file: expected a list in line 1")]
    [InlineData("""{"tiers":[],"tiers":[]}""", "the file: 'tiers' is not a known member")]
    [InlineData("""{"version":1}""", "the file: 'version' is not a known member")]
    [InlineData("""{"tiers":[]} x""", "line 1: it is not JSON: something follows its end")]
    public void A_file_of_another_form_is_refused(string json, string refusal) =>
        PlanTierFile.Read(Encoding.UTF8.GetBytes(json)).ShouldBe(new PlanTierReading(null, refusal));

    [Fact]
    public void Too_many_tiers_and_too_large_a_file_are_refused()
    {
        var path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        File.WriteAllBytes(path, new byte[PlanTierFile.BytesMax + 1]);
        try
        {
            PlanTierFile.Load(path).Refusal.ShouldBe($"{path}: it has {PlanTierFile.BytesMax + 1} bytes, more than {PlanTierFile.BytesMax}");
        }
        finally
        {
            File.Delete(path);
        }

        PlanTierFile.Load(path).Refusal.ShouldNotBeNull().ShouldStartWith(path + ": ");
        Refusal(string.Join(',', Enumerable.Repeat(Small, PlanTierRules.TiersMax + 1))).ShouldBe("there are 1001 tiers, more than 1000");
    }

    [Fact]
    public void A_file_is_accepted_exactly_when_its_tiers_can_be_taken_together_on_every_day() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(1_000).WithQuietOnSuccess(true).WithReplay(2026, 11),
        Prop.ForAll(AnyTiers, static sales =>
        {
            var isSound = Days.All(day => IsDistinct([.. sales.Where(sale => sale.IsOn(day))]));
            var reading = PlanTierFile.Read(Encoding.UTF8.GetBytes($$"""{"tiers":[{{string.Join(',', sales.Select(static sale => sale.ToJson()))}}]}"""));
            return isSound == (reading.Refusal is null) && (!isSound || Days.All(day => IsTaken(day, reading.Tiers!)));
        }));

    [Fact]
    public void The_example_of_the_manual_is_sound()
    {
        var example = PlanTierFile.Load(Repository.PathOf("docs/reference/plan-tiers.example.json"));

        example.Refusal.ShouldBeNull();
        example.Tiers!.ShouldAllBe(static tier => tier.Label.StartsWith("Example") && tier.Capacity!.Basis == PlanCapacity.Assumed);
    }

    private static bool IsDistinct(IReadOnlyList<Sale> sold) =>
        sold.DistinctBy(static sale => sale.Name).Count() == sold.Count && sold.DistinctBy(static sale => sale.Price).Count() == sold.Count;

    private static bool IsTaken(int day, IReadOnlyList<PlanTier> tiers)
    {
        var on = new DateOnly(2026, 1, day);
        var sold = tiers.Where(tier => tier.IsOffered(on)).ToList();
        return new PlanCatalog(tiers).Of("acme", PlanMode.Band, on).All.Count == sold.Count + (sold.Exists(static tier => tier.IsMetered) ? 0 : 1);
    }

    private static IReadOnlyList<PlanTier> Tiers(string tiers)
    {
        var reading = PlanTierFile.Read(Encoding.UTF8.GetBytes($$"""{"tiers":[{{tiers}}]}"""));
        reading.Refusal.ShouldBeNull();
        return reading.Tiers.ShouldNotBeNull();
    }

    private static string Refusal(string tiers)
    {
        var reading = PlanTierFile.Read(Encoding.UTF8.GetBytes($$"""{"tiers":[{{tiers}}]}"""));
        reading.Tiers.ShouldBeNull();
        return reading.Refusal.ShouldNotBeNull();
    }

    /// <summary>A tier and its days in January.</summary>
    private sealed record Sale(int Name, int Price, int First, int? Next)
    {
        public bool IsOn(int day) => day >= First && (Next is not { } next || day < next);

        public string ToJson() => string.Create(CultureInfo.InvariantCulture, $$"""
            {"provider":"acme","name":"t{{Name}}","label":"T","monthly_cost":"{{Price}}","from":"2026-01-{{First:00}}","to":{{(Next is { } next ? $"\"2026-01-{next:00}\"" : "null")}}}
            """);
    }
}
