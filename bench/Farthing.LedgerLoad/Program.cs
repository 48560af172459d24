using System.Globalization;
using Farthing.Domain.Money;
using Farthing.LedgerLoad;
using Farthing.Workflows.Crediting;

// Farthing.LedgerLoad DATABASE WALLETS ORGS CLIENTS SECONDS
// DATABASE is the path of a file that is not there yet, or the postgres:// URL of an empty database.
if (args is not [var where, var walletsText, var orgsText, var clientsText, var secondsText])
{
    await Console.Error.WriteLineAsync("Farthing.LedgerLoad DATABASE WALLETS ORGS CLIENTS SECONDS");
    return 2;
}

// Until the code is compiled; a server runs for weeks.
var warmUp = TimeSpan.FromSeconds(4);
var (wallets, orgs, clients, time) = (Number(walletsText), Number(orgsText), Number(clientsText), TimeSpan.FromSeconds(Number(secondsText)));
await using var opened = await OpenedLedger.OpenAsync(where);
await using var ledger = new CreditLedger(opened.Store);
var load = new WalletLoad(ledger, "local", orgs, wallets, clients);
await load.PrepareAsync(new Credits(4_000_000L / wallets * Credits.NanocreditsPerCredit));
_ = await load.RunAsync(warmUp, "warm", captures: true);
var pairs = await load.RunAsync(time, "run", captures: true);
var holds = await load.RunAsync(time, "holds", captures: false);

// A wallet with less than all of its clients want: whatever happens at the same time, not a credit more is held.
var dry = new WalletLoad(ledger, "dry", orgs: 1, wallets: 1, clients);
await dry.PrepareAsync(new Credits(50 * Credits.NanocreditsPerCredit));
var dried = await dry.RunAsync(TimeSpan.FromSeconds(1), "dry", captures: true);
var left = (await opened.Queries.WalletsAsync(new() { Org = "dry" }, CancellationToken.None))[0];
var isSound = left.Balance >= Credits.Zero && left.Owed == Credits.Zero && dried.Refused > 0;
foreach (var org in load.Orgs.Concat(dry.Orgs))
{
    var verdict = await new VerifyLedger(opened.Upkeep).VerifyAsync(org, CancellationToken.None);
    isSound &= verdict.Broken is null;
}

await TellAsync("pairs", pairs, pairs.PerSecond / 2);
await TellAsync("holds alone", holds, holds.PerSecond);
await Console.Out.WriteLineAsync(isSound ? "no overdraft, ledger verified" : "LEDGER NOT SOUND");
return isSound ? 0 : 1;

Task TellAsync(string what, LoadResult result, long each) => Console.Out.WriteLineAsync(string.Create(
    CultureInfo.InvariantCulture,
    $"{wallets,5} wallets of {orgs,2}  {what,-11}  {each,7} a second  {result.PerSecond,7} steps/s  p50 {result.Percentile(0.5),6:F1} ms  p99 {result.Percentile(0.99),6:F1} ms"));

static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
