using Farthing.Reports;
using Farthing.Workflows.Billing;

namespace Farthing.Crediting;

/// <summary>Shows the log a page at a time, and asks for the next one while a person is there to answer.</summary>
/// <param name="context">The streams and the terminal.</param>
/// <param name="logs">The log.</param>
/// <param name="choices">What was asked for.</param>
/// <param name="centsPerCredit">The price of one credit in US cents.</param>
internal sealed class LogPager(CommandContext context, UsageLogs logs, UsageChoices choices, int centsPerCredit)
{
    private int shown = choices.Page;

    /// <summary>Shows the page that was asked for, and those that are asked for then.</summary>
    /// <returns>False when there is no such page.</returns>
    public async Task<bool> RunAsync(CancellationToken cancellationToken)
    {
        var page = await ReadAsync(cancellationToken);
        if (shown > page.Pages)
        {
            await context.Error.WriteLineAsync($"There is no page {shown}; the last one is {page.Pages}.");
            return false;
        }

        if (choices.Json)
        {
            UsageJson.Write(context.Out, page, centsPerCredit);
            return true;
        }

        LogPage.Show(context, page, choices, centsPerCredit);
        if (page.Pages == 1 || context.Terminal() is not { IsTerminal: true, TakesInput: true })
        {
            return true;
        }

        using var keys = new StreamReader(context.OpenIn());
        while (await AskAsync(keys, page.Pages, cancellationToken) is { } next)
        {
            shown = next;
            page = await ReadAsync(cancellationToken);
            LogPage.Show(context, page, choices, centsPerCredit);
        }

        return true;
    }

    private Task<UsageLogPage> ReadAsync(CancellationToken cancellationToken) => logs.ReadAsync(
        new()
        {
            Scope = choices.Scope,
            Wallet = choices.Wallet,
            Debits = choices.Debits,
            Page = shown,
            PageSize = choices.PageSize,
        },
        cancellationToken);

    /// <summary>Asks until the answer is a page or the end of it: null.</summary>
    private async Task<int?> AskAsync(TextReader keys, long pages, CancellationToken cancellationToken)
    {
        while (true)
        {
            await context.Out.WriteAsync($"\n{Prompt(pages)}\n> ");
            await context.Out.FlushAsync(cancellationToken);
            var answer = (await keys.ReadLineAsync(cancellationToken))?.Trim();
            switch (answer)
            {
                case null or "q":
                    return null;
                case "n" when shown < pages:
                    return shown + 1;
                case "p" when shown > 1:
                    return shown - 1;
                case "n" or "p":
                    await context.Out.WriteLineAsync(answer == "n" ? "This is the last page." : "This is the first page.");
                    break;
                default:
                    if (UsageOptions.NumberOf(answer, (int)Math.Min(pages, int.MaxValue)) is { } number)
                    {
                        return number;
                    }

                    await context.Out.WriteLineAsync($"'{DisplayText.Clean(answer)}' is no page; there are {pages}.");
                    break;
            }
        }
    }

    private string Prompt(long pages) => string.Join(
        ", ",
        ((string[])[shown < pages ? "n for the next page" : string.Empty, shown > 1 ? "p for the previous one" : string.Empty, "a number for another one", "q to quit"])
            .Where(static text => text.Length > 0)) + "; then Enter.";
}
