using System.Text.Json;

namespace Farthing.Tests.Crediting;

/// <summary>The log a page at a time: every transaction once, and keys only where a person can press them.</summary>
public sealed class UsageLogPagingTests
{
    private const int Transactions = 7;

    [Theory]
    [InlineData(1, Transactions)]
    [InlineData(2, 4)]
    [InlineData(3, 3)]
    [InlineData(7, 1)]
    [InlineData(500, 1)]
    public async Task Every_transaction_is_on_one_page(int size, int pages)
    {
        var seen = new List<long>();
        for (var page = 1; page <= pages; page++)
        {
            using var run = await RunAsync(takesInput: false);
            (await run.RunAsync("usage", "-s", $"{size}", "-p", $"{page}", "--json")).ShouldBe(0);
            using var document = JsonDocument.Parse(run.Out);
            document.RootElement.GetProperty("pages").GetInt32().ShouldBe(pages);
            seen.AddRange(document.RootElement.GetProperty("transactions").EnumerateArray().Select(static line => line.GetProperty("sequence").GetInt64()));
        }

        seen.ShouldBe(Enumerable.Range(1, Transactions).Reverse().Select(static number => (long)number));
    }

    [Fact]
    public async Task A_page_behind_the_last_one_is_refused()
    {
        using var run = await RunAsync(takesInput: false);

        (await run.RunAsync("usage", "-s", "2", "-p", "5")).ShouldBe(1);

        run.Error.TrimEnd().ShouldBe("There is no page 5; the last one is 4.");
    }

    [Fact]
    public async Task Without_a_person_it_is_one_page_with_its_number()
    {
        using var run = await RunAsync(takesInput: false, keys: "n\n");

        (await run.RunAsync("usage", "-s", "3", "-p", "2")).ShouldBe(0);

        run.Out.ShouldStartWith("Page size 3. Showing page 2 of 3");
        run.Out.ShouldNotContain("then Enter");
    }

    [Fact]
    public async Task A_person_turns_the_pages()
    {
        using var run = await RunAsync(takesInput: true, keys: "p\nn\n3\nn\nhuh\n4\np\nq\nn\n");

        (await run.RunAsync("usage", "--log", "-s", "3")).ShouldBe(0);

        Shown(run).ShouldBe([1, 2, 3, 2]);
        run.Out.ShouldContain("This is the first page.");
        run.Out.ShouldContain("This is the last page.");
        run.Out.ShouldContain("'huh' is no page; there are 3.");
        run.Out.ShouldContain("'4' is no page; there are 3.");
        run.Out.ShouldContain("n for the next page, a number for another one, q to quit; then Enter.");
    }

    [Fact]
    public async Task The_end_of_the_input_ends_it()
    {
        using var run = await RunAsync(takesInput: true, keys: "n\n");

        (await run.RunAsync("usage", "--log", "-s", "3")).ShouldBe(0);

        Shown(run).ShouldBe([1, 2]);
    }

    [Fact]
    public async Task One_page_has_no_keys()
    {
        using var run = await RunAsync(takesInput: true);

        (await run.RunAsync("usage", "--log")).ShouldBe(0);

        run.Out.ShouldNotContain("Page size");
        run.Out.ShouldNotContain("then Enter");
    }

    [Theory]
    [InlineData("--debits", 4)]
    [InlineData("--purchases", 3)]
    public async Task One_side_can_be_listed_alone(string option, int count)
    {
        using var run = await RunAsync(takesInput: false);

        (await run.RunAsync("usage", option, "--json")).ShouldBe(0);

        using var document = JsonDocument.Parse(run.Out);
        document.RootElement.GetProperty("count").GetInt32().ShouldBe(count);
        document.RootElement.GetProperty("transactions").EnumerateArray()
            .ShouldAllBe(line => line.GetProperty("amount").GetDecimal() < 0 == (option == "--debits"));
    }

    private static IEnumerable<int> Shown(CommandRun run) =>
        run.Out.Split("Showing page ").Skip(1).Select(static text => text[0] - '0');

    private static async Task<CommandRun> RunAsync(bool takesInput, string keys = "") => new(CreditScene.Calls)
    {
        Ledger = (await CreditScene.CreateAsync()).Ledger,
        Terminal = new(IsTerminal: true, 80, Colors: false) { TakesInput = takesInput },
        In = keys,
    };
}
