using Farthing.Demo;
using Farthing.Tests.Importing;

namespace Farthing.Tests.Serving;

/// <summary>What <c>farthing up</c> opens the dashboard over.</summary>
public sealed class UpTests : IDisposable
{
    private readonly Machine machine = new();

    public void Dispose() => machine.Dispose();

    [Fact]
    public async Task A_machine_without_logs_is_shown_made_up_figures_until_it_has_some_of_its_own()
    {
        await using (var server = await RunningServer.StartUpAsync(machine, DemoChoice.WhenEmpty))
        {
            server.Said.ShouldContain("Found no logs of coding agents on this machine, so the dashboard shows a made-up team");
            server.Said.ShouldContain("--no-demo");
            var home = await HomeAsync(server);
            home.ShouldContain("is made up");
            home.ShouldContain("href=\"/connect\"");
            home.ShouldContain("Spend today");
        }

        (await machine.RunAsync("daily", "--json")).Out.ShouldNotContain("/demo");
        machine.Write(machine.Transcript("s-1"), Machine.Call("m1", 5));

        await using var next = await RunningServer.StartUpAsync(machine, DemoChoice.WhenEmpty);

        next.Said.ShouldContain("Imported 1 new calls");
        var own = await HomeAsync(next);
        own.ShouldNotContain("made up");
        own.ShouldContain("1 call<");
    }

    [Fact]
    public async Task Whoever_wants_nothing_made_up_is_told_how_to_connect_an_agent()
    {
        await using var server = await RunningServer.StartUpAsync(machine, DemoChoice.Never);

        var home = await HomeAsync(server);

        home.ShouldContain("No calls yet");
        home.ShouldNotContain("is made up");
        Directory.Exists(Path.Combine(machine.Data, "demo")).ShouldBeFalse();
    }

    [Fact]
    public async Task A_store_that_programs_send_to_is_never_replaced_by_made_up_figures()
    {
        (await machine.RunAsync("keys", "create", "--role", "service", "--name", "ci")).ExitCode.ShouldBe(0);

        await using var server = await RunningServer.StartUpAsync(machine, DemoChoice.WhenEmpty);

        (await HomeAsync(server)).ShouldContain("No calls yet");
    }

    [Fact]
    public async Task Serving_makes_nothing_up()
    {
        await using var server = await RunningServer.StartAsync(machine);
        using var http = new HttpClient();

        (await http.GetStringAsync(new Uri($"{server.Url}/sign-in"), TestContext.Current.CancellationToken)).ShouldNotContain("made up");

        Directory.Exists(Path.Combine(machine.Data, "demo")).ShouldBeFalse();
    }

    [Fact]
    public async Task To_want_it_and_not_to_want_it_is_refused()
    {
        var answer = await machine.RunAsync("up", "--demo", "--no-demo");

        answer.ExitCode.ShouldBe(2);
        answer.Error.ShouldContain("contradict");
    }

    /// <summary>The page that the link of <c>farthing up</c> leads to. The machine's clock stands still, so its cookie would be an old one for a client that looks.</summary>
    private static async Task<string> HomeAsync(RunningServer server)
    {
        using var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false });
        var link = new Uri(server.Url);
        using var signedIn = await http.GetAsync(link, TestContext.Current.CancellationToken);
        http.DefaultRequestHeaders.Add("Cookie", signedIn.Headers.GetValues("Set-Cookie").Single().Split(';')[0]);
        return await http.GetStringAsync(new Uri(link, signedIn.Headers.Location!), TestContext.Current.CancellationToken);
    }
}
