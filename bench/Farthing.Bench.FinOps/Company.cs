using System.Globalization;
using Farthing.Domain.Money;
using Farthing.Domain.Pricing;
using Farthing.Domain.Usage;
using Farthing.Workflows.Metering;

namespace Farthing.Bench.FinOps;

/// <summary>
/// An invented company and its calls: a thousand engineers in forty teams over ninety days, three to six sessions on a
/// working day, one to three models each, few projects and branches, prompts that mostly come from the cache. The same
/// seed gives the same people whatever the number of calls, and the same calls.
/// </summary>
internal sealed class Company(long eventCount, int seed = 42)
{
    public const int Engineers = 1_000;
    public const int Teams = 40;
    public const int Days = 90;

    /// <summary>The last instant with calls.</summary>
    public static readonly DateTimeOffset Now = new(2026, 11, 25, 17, 30, 0, TimeSpan.Zero);

    private const int BranchesMax = 3;
    private const int WorkdayPercent = 92;
    private const int WeekendPercent = 8;

    private static readonly (string Model, string Provider, long Input, long Output)[] Models =
    [
        ("claude-opus-4-6", "anthropic", 5_000, 25_000), ("claude-sonnet-4-5", "anthropic", 3_000, 15_000), ("claude-haiku-4-5", "anthropic", 1_000, 5_000),
        ("gpt-5.2", "openai", 1_750, 14_000), ("gpt-5-mini", "openai", 250, 2_000), ("gemini-3.1-pro", "google", 2_000, 12_000),
    ];

    /// <summary>Prices change in the middle of the time: two cards a model.</summary>
    private readonly RateCard[][] cards = [.. Models.Select(model => new[] { Card(model, "2026-01-01"), Card(model, "2026-10-12") })];

    private readonly Person[] people = [.. Enumerable.Range(0, Engineers).Select(number => new Person(number, new(seed, number)))];

    /// <summary>The name of an engineer.</summary>
    public static string UserOf(int number) => string.Create(CultureInfo.InvariantCulture, $"01980000-0000-7000-8000-{number:D12}");

    /// <summary>The name of a team.</summary>
    public static string TeamOf(int number) => string.Create(CultureInfo.InvariantCulture, $"01970000-0000-7000-8000-{number % Teams:D12}");

    /// <summary>The calls of one day after the other, each day in order of time.</summary>
    public IEnumerable<List<RatedEvent>> CallsByDay()
    {
        var first = DateOnly.FromDateTime(Now.UtcDateTime).AddDays(1 - Days);
        var perDay = (double)eventCount / Enumerable.Range(0, Days).Sum(day => people.Count(person => IsAtWork(person, first.AddDays(day))));
        for (var day = 0; day < Days; day++)
        {
            var calls = new List<RatedEvent>();
            foreach (var person in people.Where(person => IsAtWork(person, first.AddDays(day))))
            {
                AddDay(person, first.AddDays(day), perDay, calls);
            }

            calls.RemoveAll(call => call.Usage.OccurredAt > Now);
            calls.Sort(static (left, right) => left.Usage.OccurredAt.CompareTo(right.Usage.OccurredAt));
            yield return calls;
        }
    }

    private static RateCard Card((string Model, string Provider, long Input, long Output) model, string from) => new()
    {
        Model = model.Model,
        Status = PricingStatus.Exact,
        From = from,
        Source = "invented",
        [TokenClass.Input] = new(model.Input * 1_000_000),
        [TokenClass.CacheRead] = new(model.Input * 100_000),
        [TokenClass.CacheWrite5m] = new(model.Input * 1_250_000),
        [TokenClass.CacheWrite1h] = new(model.Input * 2_000_000),
        [TokenClass.Output] = new(model.Output * 1_000_000),
    };

    private static bool IsAtWork(Person person, DateOnly day)
    {
        var percent = day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday ? WeekendPercent : WorkdayPercent;
        return new Chance(17, person.Number, day.DayNumber).Below(100) < percent;
    }

    private void AddDay(Person person, DateOnly day, double perDay, List<RatedEvent> calls)
    {
        var random = new Chance(seed, person.Number, day.DayNumber);
        var sessions = random.Between(3, 7);
        var count = (int)Math.Round(perDay * (0.5 + random.Share()));
        var start = day.ToDateTime(new TimeOnly(8, 0), DateTimeKind.Utc);
        for (var number = 0; number < sessions; number++)
        {
            var share = Math.Max((count * (number + 1) / sessions) - (count * number / sessions), 1);
            var begin = start.AddMinutes((number * 100) + random.Between(0, 60));
            AddSession(person, string.Create(CultureInfo.InvariantCulture, $"{person.Number:x4}-{day.DayNumber:x6}-{number}"), begin, share, random, calls);
        }
    }

    private void AddSession(Person person, string key, DateTime begin, int count, Chance random, List<RatedEvent> calls)
    {
        var session = new Session(key, "2.1.4", string.Empty);
        var series = Enumerable.Range(0, random.Between(1, 3)).Select(_ => person.Series(random)).ToArray();
        var span = TimeSpan.FromMinutes(random.Between(20, 110)).TotalMilliseconds;
        long context = random.Between(8_000, 30_000);
        for (var index = 0; index < count; index++)
        {
            var at = new DateTimeOffset(begin.AddMilliseconds((long)(span * (index + random.Share()) / count)), TimeSpan.Zero);
            var (dimensions, model) = series[random.Below(series.Length)];
            var written = random.Between(200, 4_000);
            var tokens = new TokenCounts
            {
                Input = random.Between(3, 900), CacheRead = index == 0 ? 0 : context, CacheWrite5m = index == 0 ? context : written, Output = random.Between(50, 2_500),
            };
            context = Math.Min(context + written, 180_000);
            calls.Add(ToCall(dimensions, session, at, tokens, cards[model][at < Changed ? 0 : 1], $"{key}-{index}"));
        }
    }

    private static readonly DateTimeOffset Changed = new(2026, 10, 12, 0, 0, 0, TimeSpan.Zero);

    private static RatedEvent ToCall(Dimensions dimensions, Session session, DateTimeOffset at, TokenCounts tokens, RateCard card, string key)
    {
        var usage = new UsageEvent
        {
            Id = EventId.Create(at, dimensions.Org, EventId.ReportedFamily, key), OccurredAt = at, Dimensions = dimensions, Session = session, Tokens = tokens,
        };
        var cost = new CostByClass
        {
            Input = Cost(card, TokenClass.Input, tokens.Input),
            CacheRead = Cost(card, TokenClass.CacheRead, tokens.CacheRead),
            CacheWrite5m = Cost(card, TokenClass.CacheWrite5m, tokens.CacheWrite5m),
            Output = Cost(card, TokenClass.Output, tokens.Output),
        };
        return new(usage, new(card, cost), string.Empty);
    }

    private static Usd Cost(RateCard card, TokenClass tokenClass, long tokens) => Usd.FromFemtodollars((Int128)card[tokenClass].Femtodollars * tokens);

    /// <summary>An engineer with what they work on.</summary>
    private sealed class Person
    {
        private readonly int[] models;
        private readonly string[] projects;
        private readonly string billing;
        private readonly Dictionary<(int Model, int Project, int Branch), Dimensions> series = [];

        public Person(int number, Chance random)
        {
            Number = number;
            models = [.. Enumerable.Range(0, random.Between(1, 4)).Select(_ => random.Below(Models.Length)).Distinct()];
            projects = [.. Enumerable.Range(0, random.Between(1, 4)).Select(_ => $"service-{(number % Teams * 3) + random.Below(5)}").Distinct()];
            billing = random.Below(4) == 0 ? "subscription" : "api_key";
        }

        public int Number { get; }

        public (Dimensions Dimensions, int Model) Series(Chance random)
        {
            var (model, project, branch) = (models[random.Below(models.Length)], random.Below(projects.Length), random.Below(BranchesMax));
            if (!series.TryGetValue((model, project, branch), out var dimensions))
            {
                series[(model, project, branch)] = dimensions = new()
                {
                    Team = TeamOf(Number),
                    User = UserOf(Number),
                    Agent = model < 3 ? "claude" : "codex",
                    Project = projects[project],
                    Branch = branch == 0 ? "main" : $"topic-{Number % 50}-{branch}",
                    Model = Models[model].Model,
                    Provider = Models[model].Provider,
                    BillingMode = billing,
                };
            }

            return (dimensions, model);
        }
    }
}
