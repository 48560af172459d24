using Farthing;
using Farthing.Commands;

await using var host = new Host();
return await CommandLine.RunAsync(args, host.Context, HomeCommand.Create, [
    new("daily", DailyCommand.Create),
]);
