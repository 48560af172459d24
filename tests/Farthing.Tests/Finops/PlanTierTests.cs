using System.Text.Json;
using Farthing.Testing;
using Farthing.Tests.Importing;
using Farthing.Tests.Serving;

namespace Farthing.Tests.Finops;

/// <summary>Plans of other providers, from the file that the settings name.</summary>
public sealed class PlanTierTests
{
    [Theory]
    [InlineData(80)]
    [InlineData(120)]
    public async Task The_page_of_a_provider_looks_as_committed(int width)
    {
        using var machine = WithBothAgents();
        machine.Terminal = new(IsTerminal: true, width, Colors: false);

        var answer = await machine.RunAsync("plans", "--provider", "openai");

        (answer.ExitCode, answer.Error).ShouldBe((0, string.Empty));
        GoldenFile.Compare(answer.Out, $"tests/Farthing.Tests/Golden/plans-openai-{width}.txt");
    }

    [Fact]
    public async Task Each_provider_has_its_calls_and_all_of_them_have_Claudes_plans()
    {
        using var machine = WithBothAgents();

        var (all, claude, openai) = (await ApiCostAsync(), await ApiCostAsync("--provider", "anthropic"), await ApiCostAsync("--provider", "openai"));

        openai.ShouldBe(21 * 10 * (0.25m + 0.01m));
        all.ShouldBe(claude + openai);
        (await machine.RunAsync("plans")).Out.ShouldContain("Claude Pro");

        async Task<decimal> ApiCostAsync(params string[] options)
        {
            using var answer = JsonDocument.Parse((await machine.RunAsync(["plans", "--json", .. options])).Out);
            return answer.RootElement.GetProperty("band").GetProperty("total_api_cost_monthly").GetDecimal();
        }
    }

    [Fact]
    public async Task A_provider_without_plans_or_without_calls_is_told()
    {
        using var machine = new Machine();
        FinopsScene.Write(machine, days: 1);
        UseExample(machine);

        var unknown = await machine.RunAsync("plans", "--provider", "google");
        var unused = await machine.RunAsync("plans", "--provider", "openai");

        (unknown.ExitCode, unknown.Out).ShouldBe((2, string.Empty));
        unknown.Error.ShouldStartWith("No plans of 'google' are known; known are those of: anthropic, openai. FARTHING_PLAN_TIERS names a file of more.");
        (unused.ExitCode, unused.Out.Trim()).ShouldBe((0, "No call went to openai in that time."));
    }

    [Fact]
    public async Task A_server_tells_the_plans_of_its_own_settings()
    {
        using var machine = WithBothAgents();
        (await machine.RunAsync("import")).ExitCode.ShouldBe(0);
        await using var server = await RunningServer.StartAsync(machine);
        machine.Environment["FARTHING_KEY"] = (await machine.RunAsync("keys", "create", "--role", "admin", "--name", "lead")).Out.Trim();
        machine.Environment.Remove(Settings.PlanTiersName);

        var known = await machine.RunAsync("plans", "--provider", "openai", "--server", server.Url);
        var unknown = await machine.RunAsync("plans", "--provider", "google", "--server", server.Url);

        (known.ExitCode, known.Error).ShouldBe((0, string.Empty));
        known.Out.ShouldContain("The calls of 30 days cost $54.60");
        (unknown.ExitCode, unknown.Out).ShouldBe((1, string.Empty));
        unknown.Error.ShouldContain("'provider' is one of those whose tiers are known: anthropic, openai.");
    }

    [Theory]
    [InlineData("serve")]
    [InlineData("plans")]
    public async Task A_bad_file_starts_nothing(string command)
    {
        using var machine = new Machine();
        var file = Path.Combine(machine.Home, "plans.json");
        machine.Write(file, """{"tiers":[{"provider":"openai","name":"small","label":"Small","monthly_cost":"-20"}]}""");
        machine.Environment[Settings.PlanTiersName] = "plans.json";

        var answer = await machine.RunAsync(command);

        (answer.ExitCode, answer.Out).ShouldBe((2, string.Empty));
        answer.Error.ShouldContain($"FARTHING_PLAN_TIERS cannot be used: {file}: tier 1, openai/small: monthly_cost of '-20' is negative.");
    }

    private static Machine WithBothAgents()
    {
        var machine = new Machine();
        FinopsScene.Write(machine);
        FinopsScene.WriteCodex(machine);
        UseExample(machine);
        return machine;
    }

    private static void UseExample(Machine machine) => machine.Environment[Settings.PlanTiersName] = Repository.PathOf("docs/reference/plan-tiers.example.json");
}
