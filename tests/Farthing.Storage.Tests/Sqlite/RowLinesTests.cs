using System.Text;
using Farthing.Storage.Files;
using Farthing.Storage.Sqlite.Engine;
using Farthing.Workflows.Metering;

namespace Farthing.Storage.Tests.Sqlite;

public sealed class RowLinesTests : IDisposable
{
    private const string Query = "SELECT id, session_id, time, share, data, note, picture FROM message ORDER BY id";

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("farthing-rows-");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public void Every_row_is_one_line_of_JSON()
    {
        using var agent = AgentDatabase();
        agent.Execute(
            """
            INSERT INTO message VALUES ('m1', 's1', 1772625600123, 0.25, '{"role":"assistant","tokens":{"input":3}}', 'say "hi"', x'0102');
            INSERT INTO message VALUES ('m2', 's1', NULL, NULL, '{"a":
              1}', 'two' || char(10) || 'lines', NULL);
            """);

        Read().ShouldBe(
            """
            {"id":"m1","session_id":"s1","time":1772625600123,"share":0.25,"data":{"role":"assistant","tokens":{"input":3}},"note":"say \u0022hi\u0022","picture":"AQI="}
            {"id":"m2","session_id":"s1","time":null,"share":null,"data":{"a":   1},"note":"two\nlines","picture":null}

            """);
    }

    [Fact]
    public void Data_that_is_no_JSON_cannot_break_out_of_its_column()
    {
        using var agent = AgentDatabase();
        agent.Execute("""INSERT INTO message VALUES ('m1', 's1', 1, 1, '{},"id":"forged"', CAST(x'ff41' AS TEXT), NULL)""");

        Read().ShouldBe(
            """
            {"id":"m1","session_id":"s1","time":1,"share":1,"data":"{},\u0022id\u0022:\u0022forged\u0022","note":"\uFFFDA","picture":null}

            """);
    }

    [Fact]
    public void News_that_are_still_in_the_write_ahead_log_are_read_while_the_agent_writes()
    {
        using var agent = AgentDatabase();
        agent.Execute("PRAGMA journal_mode = WAL; PRAGMA wal_autocheckpoint = 0");
        var before = List();
        agent.Execute("INSERT INTO message (id) VALUES ('committed')");
        agent.Execute("BEGIN; INSERT INTO message (id) VALUES ('open')");

        var after = List();

        Read().ShouldContain("committed");
        Read().ShouldNotContain("open");
        after.ShouldNotBe(before);
        after.Size.ShouldBeGreaterThan(before.Size);
    }

    [Fact]
    public void Reading_in_small_pieces_yields_the_same_bytes()
    {
        using var agent = AgentDatabase();
        agent.Execute("INSERT INTO message (id, note) VALUES ('a', 'first'), ('b', 'second'), ('c', 'third')");
        var whole = Read();

        using var lines = new LogFiles().Open(Root, List());
        var piece = new byte[5];
        var text = new StringBuilder();
        for (var read = lines.Read(piece); read > 0; read = lines.Read(piece))
        {
            text.Append(Encoding.UTF8.GetString(piece, 0, read));
        }

        text.ToString().ShouldBe(whole);
        lines.Read(piece).ShouldBe(0);
    }

    [Fact]
    public void The_database_is_left_as_it_was()
    {
        using (var agent = AgentDatabase())
        {
            agent.Execute("PRAGMA journal_mode = WAL; INSERT INTO message (id) VALUES ('a')");
        }

        var before = File.ReadAllBytes(DatabasePath);

        Read().ShouldContain("\"a\"");

        File.ReadAllBytes(DatabasePath).ShouldBe(before);
        new FileInfo(DatabasePath + "-wal").ShouldSatisfyAllConditions(news => (news.Exists ? news.Length : 0).ShouldBe(0));
    }

    [Theory]
    [InlineData("this is not a database, whatever its name says; it is long enough to be looked at as one, if only just so")]
    [InlineData("SQLite format 3\0 and then nothing but noise, noise, noise, noise, noise, noise, noise, noise, noise, noise, noise")]
    public void A_file_that_is_no_database_is_an_input_failure_that_names_it(string content)
    {
        File.WriteAllText(DatabasePath, content);

        Should.Throw<IOException>(() => Read()).Message.ShouldContain(DatabasePath);
    }

    [Fact]
    public void A_database_without_the_table_is_an_input_failure_that_says_so()
    {
        using var agent = AgentDatabase();
        agent.Execute("DROP TABLE message");

        Should.Throw<IOException>(() => Read()).Message.ShouldContain("no such table");
    }

    [Fact]
    public void A_database_that_has_disappeared_is_an_input_failure()
    {
        using (AgentDatabase())
        {
        }

        var file = List();
        File.Delete(DatabasePath);

        Should.Throw<IOException>(() => new LogFiles().Open(Root, file));
    }

    private string DatabasePath => Path.Combine(folder.FullName, "agent.db");

    private LogRoot Root => new(folder.FullName, [".db"], LogShape.Database) { Query = Query };

    private LogFile List() => new LogFiles().List(Root, (_, _) => { }).ShouldHaveSingleItem();

    private string Read()
    {
        using var reader = new StreamReader(new LogFiles().Open(Root, List()));
        return reader.ReadToEnd();
    }

    private Connection AgentDatabase()
    {
        File.WriteAllBytes(DatabasePath, []);
        var connection = Connection.Open(DatabasePath, readOnly: false, 0);
        connection.Execute("CREATE TABLE message (id TEXT, session_id TEXT, time INTEGER, share REAL, data TEXT, note TEXT, picture BLOB)");
        return connection;
    }
}
