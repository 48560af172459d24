namespace Farthing.Tests.Serving;

public sealed class AdminKeyTests
{
    [Fact]
    public async Task A_server_does_not_start_with_a_secret_that_can_be_guessed()
    {
        using var run = new CommandRun([]) { Environment = new Dictionary<string, string>(StringComparer.Ordinal) { ["FARTHING_ADMIN_KEY"] = new('a', 31) } };

        (await run.RunAsync("serve")).ShouldNotBe(0);

        run.Error.ShouldContain("FARTHING_ADMIN_KEY must have at least 32 characters");
        run.Error.ShouldContain("openssl rand -hex 32");
        run.Error.ShouldNotContain("aaaa");
    }

    [Theory]
    [InlineData("1.234,56 €")]
    [InlineData("$1,234,56")]
    public async Task A_server_does_not_start_with_a_format_of_amounts_that_is_none(string example)
    {
        using var run = new CommandRun([]) { Environment = new Dictionary<string, string>(StringComparer.Ordinal) { ["FARTHING_MONEY_FORMAT"] = example } };

        (await run.RunAsync("serve")).ShouldBe(2);

        run.Error.ShouldContain("FARTHING_MONEY_FORMAT must be an example of how 1234.56 dollars are written");
        run.Error.ShouldContain(example);
    }
}
