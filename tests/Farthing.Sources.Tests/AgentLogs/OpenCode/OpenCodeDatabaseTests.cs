using Farthing.Domain.Usage;
using Farthing.Sources.AgentLogs.OpenCode;
using Farthing.Storage.Files;
using Farthing.Testing;
using Farthing.Workflows.Metering;

namespace Farthing.Sources.Tests.AgentLogs.OpenCode;

public sealed class OpenCodeDatabaseTests
{
    [Fact]
    public void A_database_without_a_table_of_sessions_is_read()
    {
        var database = Repository.PathOf("tests/Farthing.Sources.Tests/Golden/opencode/without-sessions.db");
        var root = OpenCodeLog.Log.Roots(new(Path.GetTempPath(), name => name == "OPENCODE_DB" ? database : null))
            .Last(root => root.Shape == LogShape.Database);
        var files = new LogFiles();
        var file = files.List(root, (_, _) => { }).ShouldHaveSingleItem();

        using var rows = files.Open(root, file);
        var call = OpenCodeLog.Log.Reader.Read(rows, new() { Path = file.Path }).Events.ShouldHaveSingleItem();

        call.Tokens.ShouldBe(new TokenCounts { Input = 12, Output = 7 });
        call.Session.ShouldBe(new Session("ses_1", string.Empty, string.Empty));
    }
}
