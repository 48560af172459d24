using Farthing.Workflows.Access;

namespace Farthing.Demo;

/// <summary>A team of the demo.</summary>
/// <param name="Id">Names it.</param>
/// <param name="Name">What people call it.</param>
/// <param name="Projects">The folders that its people work in.</param>
internal sealed record DemoTeam(string Id, string Name, IReadOnlyList<string> Projects);

/// <summary>Somebody of the demo: nobody of that name ever ran a coding agent.</summary>
internal sealed record DemoPerson
{
    private const string Opus = "claude-opus-4-8";
    private const string Sonnet = "claude-sonnet-4-6";
    private const string Haiku = "claude-haiku-4-5-20251001";
    private const string Gpt = "gpt-5.5";
    private const string Codex = "gpt-5.3-codex";
    private const string Seat = "subscription";

    private static readonly DemoTeam Platform = new("demo-platform", "Platform", ["/demo/ledger", "/demo/scheduler"]);
    private static readonly DemoTeam Product = new("demo-product", "Product", ["/demo/storefront", "/demo/parser"]);
    private static readonly DemoTeam Research = new("demo-research", "Research", ["/demo/notebooks"]);

    /// <summary>The teams.</summary>
    public static IReadOnlyList<DemoTeam> Teams { get; } = [Platform, Product, Research];

    /// <summary>The people: heavy and light users, payers by API and by seat, some who use caches well and some who do not.</summary>
    public static IReadOnlyList<DemoPerson> All { get; } =
    [
        new() { Name = "Ada Lovelace", Team = Platform, Leads = true, Claude = [Opus, Opus, Opus, Sonnet, Haiku], SessionsMax = 8, CallsMax = 40, KeepsHours = true },
        new() { Name = "Alan Turing", Team = Platform, Claude = [Opus, Opus, Sonnet], SessionsMax = 6, CallsMax = 34, PausePercent = 6, FastPercent = 15 },
        new() { Name = "Grace Hopper", Team = Platform, Claude = [Opus, Sonnet, Sonnet, Haiku], SessionsMax = 4, CallsMax = 22, Mode = Seat, ByApiPercent = 25 },
        new() { Name = "Barbara Liskov", Team = Product, Leads = true, Claude = [Sonnet, Sonnet, Opus, Haiku], SessionsMax = 4, CallsMax = 20, KeepsHours = true },
        new() { Name = "Hedy Lamarr", Team = Product, Claude = [Sonnet, Haiku], Others = [Gpt, Codex, Codex], OthersPercent = 75, SessionsMax = 4, CallsMax = 24 },
        new() { Name = "Katherine Johnson", Team = Product, Claude = [Sonnet, Haiku, Haiku], SessionsMax = 2, CallsMax = 10, Mode = Seat },
        new() { Name = "Emmy Noether", Team = Research, Leads = true, Claude = [Opus, Opus, Sonnet], Others = [Gpt], OthersPercent = 20, SessionsMax = 4, CallsMax = 30, PausePercent = 14, UncachedPercent = 12 },
        new() { Name = "Edsger Dijkstra", Team = Research, Claude = [Sonnet, Haiku], SessionsMax = 2, CallsMax = 8, Mode = Seat, LastDaysAgo = 41 },
    ];

    /// <summary>What they are called.</summary>
    public required string Name { get; init; }

    /// <summary>Their team.</summary>
    public required DemoTeam Team { get; init; }

    /// <summary>Whether they lead it.</summary>
    public bool Leads { get; init; }

    /// <summary>The models that they use with Claude Code; what stands there twice is used twice as often.</summary>
    public required IReadOnlyList<string> Claude { get; init; }

    /// <summary>Those that they use with Codex.</summary>
    public IReadOnlyList<string> Others { get; init; } = [];

    /// <summary>How many of a hundred sessions run Codex.</summary>
    public int OthersPercent { get; init; }

    /// <summary>The most sessions of a usual day.</summary>
    public required int SessionsMax { get; init; }

    /// <summary>The most calls of a session.</summary>
    public required int CallsMax { get; init; }

    /// <summary>How many of a hundred calls come after the cache of five minutes is gone.</summary>
    public int PausePercent { get; init; } = 3;

    /// <summary>How many of a hundred sessions use no cache.</summary>
    public int UncachedPercent { get; init; }

    /// <summary>Whether their caches live an hour.</summary>
    public bool KeepsHours { get; init; }

    /// <summary>How many of a hundred sessions run in the fast mode, where the model has one.</summary>
    public int FastPercent { get; init; }

    /// <summary>How they pay.</summary>
    public string Mode { get; init; } = "api_key";

    /// <summary>How many of a hundred sessions of somebody with a seat are paid by API all the same.</summary>
    public int ByApiPercent { get; init; }

    /// <summary>How many days ago they made their last call; 0 for today.</summary>
    public int LastDaysAgo { get; init; }

    /// <summary>Names them in the store.</summary>
    public string Id => "demo-" + FirstName;

    /// <summary>Where they would get mail.</summary>
    public string Email => FirstName + "@example.org";

    /// <summary>What they may do.</summary>
    public Role Role => Leads ? Role.TeamLead : Role.Engineer;

    private string FirstName => Name.Split(' ')[0].ToLowerInvariant();

    /// <summary>Whether a model has a fast mode.</summary>
    public static bool CanBeFast(string model) => model == Opus;

    /// <summary>How many of a hundred sessions with a model reach their goal: the small ones do the small work as well.</summary>
    /// <param name="model">The model.</param>
    /// <param name="isSmall">Whether the work is small.</param>
    public static int SuccessPercent(string model, bool isSmall) => (model, isSmall) switch
    {
        (_, true) => 88,
        (Opus or Gpt, _) => 86,
        (Haiku, _) => 52,
        _ => 74,
    };
}
