using System.Text.Json;

namespace Farthing.Tests.Keys;

public sealed class KeysCommandTests : IDisposable
{
    private readonly DirectoryInfo data = Directory.CreateTempSubdirectory("farthing-keys-");

    public void Dispose() => data.Delete(recursive: true);

    [Fact]
    public async Task A_key_is_made_listed_replaced_and_revoked()
    {
        var made = await RunAsync("keys create --role admin --name ops --expires 90d");
        var key = made.Out.Trim();
        key.ShouldMatch("^fk_[a-z2-7]{8}_[A-Za-z0-9_-]{43}$");
        made.Error.ShouldContain("acts as admin");

        var listed = await RunAsync("keys list");
        listed.Out.ShouldContain($"{key[..11]}_…{key[^4..]}");
        listed.Out.ShouldContain("works");
        listed.Out.ShouldNotContain(key[12..]);

        var rotated = (await RunAsync($"keys rotate {key[..11]} --json")).Out;
        var secret = JsonDocument.Parse(rotated).RootElement.GetProperty("api_key").GetString()!;
        secret.ShouldNotBe(key);

        (await RunAsync($"keys revoke {secret[3..11]}")).Error.ShouldContain("Revoked 'ops'");
        (await RunAsync("keys list")).Out.ShouldContain("revoked");
    }

    [Fact]
    public async Task Only_the_owner_can_read_the_pepper()
    {
        await RunAsync("keys create --role service --name ci");

        var pepper = Path.Combine(data.FullName, "keys.pepper");
        new FileInfo(pepper).Length.ShouldBe(32);
        if (!OperatingSystem.IsWindows())
        {
            File.GetUnixFileMode(pepper).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
    }

    [Theory]
    [InlineData("keys create --role root --name x", 2, "'root' is not a value of --role; expected is engineer, team_lead, finance, admin, service.")]
    [InlineData("keys create --role admin", 2, "--name")]
    [InlineData("keys create --role admin --name x --expires soon", 2, "'soon' is not a value of --expires")]
    [InlineData("keys create --role engineer --name x", 2, "belongs to an engineer")]
    [InlineData("keys create --role admin --name x --org nobody", 2, "'nobody' is not the id of an organisation")]
    [InlineData("keys revoke fk_aaaaaaaa", 1, "There is no key of that id")]
    public async Task What_cannot_be_is_refused_with_what_to_do(string line, int code, string message)
    {
        var run = await RunAsync(line, code);

        run.Error.ShouldContain(message);
        run.Out.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("serve --urls https://127.0.0.1:7417", "put a proxy in front")]
    [InlineData("serve --urls nowhere", "'nowhere' is not a value of --urls")]
    [InlineData("serve --urls http://127.0.0.1:7417/path", "is not a value of --urls")]
    public async Task A_server_listens_where_it_can_only(string line, string message)
    {
        (await RunAsync(line, 2)).Error.ShouldContain(message);
    }

    private async Task<(string Out, string Error)> RunAsync(string line, int code = 0)
    {
        using var run = new CommandRun([])
        {
            Now = DateTimeOffset.UnixEpoch.AddYears(60),
            Environment = new Dictionary<string, string>(StringComparer.Ordinal) { ["FARTHING_DATA"] = data.FullName },
        };
        (await run.RunAsync(line.Split(' '))).ShouldBe(code, run.Error);
        return (run.Out, run.Error);
    }
}
