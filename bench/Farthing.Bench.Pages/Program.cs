using System.Globalization;
using Farthing.Bench.Pages;
using Farthing.Workflows.Spending;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

// Farthing.Bench.Pages DATABASE ROUNDS [FOLDER [PATH …]]
// DATABASE is the path of an embedded store or the postgres:// URL of a database that Farthing.Bench.FinOps filled. Into FOLDER Home and a session are printed.
// With PATHs only those pages are visited, and none is printed.
if (args is not [var where, var roundsText, ..])
{
    await Console.Error.WriteLineAsync("Farthing.Bench.Pages DATABASE ROUNDS [FOLDER [PATH …]]");
    return 2;
}

const string Chromium = "/usr/bin/chromium";
var rounds = int.Parse(roundsText, CultureInfo.InvariantCulture);
await using var served = await ServedStore.StartAsync(where);
var signIn = await served.SignInAsync();
using var client = new HttpClient { BaseAddress = served.Url };
client.DefaultRequestHeaders.Add("Cookie", $"farthing_sign_in={signIn}");
await using var drawing = File.Exists(Chromium) ? await Drawing.StartAsync(Chromium, served.Url.ToString(), signIn) : null;
var pages = await PageList.OfAsync(served.Services.GetRequiredService<ISpendQueries>());
if (drawing is not null)
{
    // A browser that has only just started is slower than the one that somebody has open: its first visit is not counted.
    await drawing.VisitAsync(pages[0].Path);
}

var visits = new PageVisits(client, drawing, () => served.Calls.Newest.Count);

await TellAsync("| page | TTFB p50 ms | p95 | drawn ms | page KB | with files | queries |\n|---|---|---|---|---|---|---|");
var wanted = args.Skip(3).ToList();
foreach (var (_, path) in wanted.Count > 0 ? pages.Where(page => wanted.Contains(page.Path)) : pages)
{
    await TellAsync(await visits.MeasureAsync(path, rounds));
}

if (args is [_, _, var folder] && drawing is not null)
{
    await drawing.PrintAsync("/", Path.Combine(folder, "home.pdf"));
    await drawing.PrintAsync(pages.First(static page => page.Route == "ReadSessionPage").Path, Path.Combine(folder, "session.pdf"));
}

var unvisited = served.Services.GetRequiredService<EndpointDataSource>().Endpoints
    .Where(static endpoint => endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods.Contains("GET") is true && endpoint.Metadata.Any(static one => one.GetType().Name == "BrowserRule"))
    .Select(static endpoint => endpoint.Metadata.GetMetadata<IEndpointNameMetadata>()!.EndpointName)
    .Except([.. pages.Select(static page => page.Route), .. PageList.Others]);
await TellAsync("\nPages that were not visited: " + string.Join(", ", unvisited.DefaultIfEmpty("none")));
return 0;

static Task TellAsync(string line) => Console.Out.WriteLineAsync(line);
