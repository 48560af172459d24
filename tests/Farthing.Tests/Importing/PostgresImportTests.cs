using System.Text.Json;
using Farthing.Testing;

namespace Farthing.Tests.Importing;

/// <summary>The same commands over a company's database.</summary>
public sealed class PostgresImportTests
{
    [Fact]
    public async Task Logs_of_two_machines_meet_in_one_database_and_reports_show_both()
    {
        var server = await PostgresServer.SharedAsync();
        var database = server.Url(await server.CreateDatabaseAsync());
        using var first = new Machine { Database = database };
        using var second = new Machine { Database = database };
        first.Write(first.Transcript("a"), Machine.Call("m1", 5) + Machine.Call("m2", 6));
        second.Write(second.Transcript("b"), Machine.Call("m2", 6) + Machine.Call("m3", 7, session: "s-2"));

        var one = await first.RunAsync("daily", "--json");
        var other = await second.RunAsync("daily", "--json");

        OutputOf(one).ShouldBe(5 + 6);
        OutputOf(other).ShouldBe(5 + 6 + 7);
        OutputOf(await first.RunAsync("daily", "--json")).ShouldBe(5 + 6 + 7);
        Directory.Exists(first.Data).ShouldBeFalse();
    }

    [Fact]
    public async Task A_database_that_is_not_there_is_one_sentence()
    {
        using var machine = new Machine { Database = "postgres://dana:secret@127.0.0.1:1/farthing" };

        var answer = await machine.RunAsync("daily");

        answer.ExitCode.ShouldNotBe(0);
        answer.Out.ShouldBeEmpty();
        answer.Error.ShouldContain("postgres://dana@127.0.0.1:1/farthing is not reachable");
        answer.Error.ShouldNotContain("secret");
        answer.Error.TrimEnd().ShouldNotContain('\n');
    }

    private static long OutputOf(Answer answer)
    {
        answer.ExitCode.ShouldBe(0, answer.Error);
        using var json = JsonDocument.Parse(answer.Out);
        return json.RootElement.GetProperty("totals").GetProperty("outputTokens").GetInt64();
    }
}
