using System.Globalization;
using Farthing.Domain.Money;
using Farthing.LedgerLoad;
using Farthing.Workflows.Crediting;

// Farthing.LedgerLoad DATABASE WALLETS CLIENTS SECONDS
// DATABASE is the path of a file that is not there yet, or the postgres:// URL of an empty database.
if (args is not [var where, var walletsText, var clientsText, var secondsText])
{
    await Console.Error.WriteLineAsync("Farthing.LedgerLoad DATABASE WALLETS CLIENTS SECONDS");
    return 2;
}

// Until the code is compiled; a server runs for weeks.
var warmUp = TimeSpan.FromSeconds(5);
var (wallets, clients, seconds) = (Number(walletsText), Number(clientsText), Number(secondsText));
await using var opened = await OpenedLedger.OpenAsync(where);
await using var ledger = new CreditLedger(opened.Store);
var load = new WalletLoad(ledger, "local", wallets, clients);
await load.PrepareAsync(new Credits(4_000_000L / wallets * Credits.NanocreditsPerCredit));
_ = await load.RunAsync(warmUp, "warm");
var result = await load.RunAsync(TimeSpan.FromSeconds(seconds), "run");

// A wallet with less than all of its clients want: whatever happens at the same time, not a credit more is held.
var dry = new WalletLoad(ledger, "dry", 1, clients);
await dry.PrepareAsync(new Credits(50 * Credits.NanocreditsPerCredit));
var dried = await dry.RunAsync(TimeSpan.FromSeconds(1), "dry");
var left = (await opened.Queries.WalletsAsync(new() { Org = "dry" }, CancellationToken.None))[0];
var isSound = left.Balance >= Credits.Zero && left.Owed == Credits.Zero && dried.Refused > 0;
foreach (var org in new[] { "local", "dry" })
{
    var verdict = await new VerifyLedger(opened.Upkeep).VerifyAsync(org, CancellationToken.None);
    isSound &= verdict.Broken is null;
}

await Console.Out.WriteLineAsync(string.Create(
    CultureInfo.InvariantCulture,
    $"{wallets,6} wallets  {clients,4} clients  {result.PerSecond,8:N0} steps/s  p50 {result.Percentile(0.5),7:F2} ms  p99 {result.Percentile(0.99),7:F2} ms  {(isSound ? "no overdraft, ledger verified" : "LEDGER NOT SOUND")}"));
return isSound ? 0 : 1;

static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
