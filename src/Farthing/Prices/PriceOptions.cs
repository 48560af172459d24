using System.CommandLine;
using System.Globalization;
using Farthing.Domain.Usage;
using Farthing.Explaining;
using Farthing.Reports;

namespace Farthing.Prices;

/// <summary>The options of the commands that look prices up.</summary>
internal static class PriceOptions
{
    private const int SearchesMax = 1_000_000;
    private static readonly string[] InstantForms = ["yyyy-MM-dd", "yyyy-MM-ddTHH:mmK", "yyyy-MM-ddTHH:mm:ssK", "yyyy-MM-ddTHH:mm:ss.FFFFFFFK"];

    /// <summary>At which time prices are meant.</summary>
    public static Option<string> At()
    {
        var option = new Option<string>("--at") { Description = "The time that is meant: YYYY-MM-DD or YYYY-MM-DDThh:mm:ssZ; now when not given.", HelpName = "TIME" };
        option.Validators.Add(static result => ReportOptions.Check(result, "--at", static text => TryParseInstant(text, out _), "a day or an instant such as 2026-11-18T12:00:00Z"));
        return option;
    }

    /// <summary>At which provider.</summary>
    public static Option<string> Provider() => new("--provider") { Description = "Who is called: anthropic, openai, bedrock …", HelpName = "NAME" };

    /// <summary>Answer in JSON.</summary>
    public static Option<bool> Json() => new("--json", "-j") { Description = "Answer in JSON." };

    /// <summary>The tokens of a call to price.</summary>
    public static Option<string> Tokens()
    {
        var option = new Option<string>("--tokens") { Description = "Price such a call: input=1000,cache_read=50000,output=300 …", HelpName = "CLASS=COUNT,…" };
        option.Validators.Add(static result => ReportOptions.Check(
            result, "--tokens", static text => TryParseTokens(text, out _),
            $"CLASS=COUNT,… with classes input, cache_read, cache_write_5m, cache_write_1h, output, input_audio … and counts up to {TokenCounts.ClassMax}"));
        return option;
    }

    /// <summary>The service tier of the call.</summary>
    public static Option<string> Tier()
    {
        var option = new Option<string>("--tier") { Description = "The service tier: standard, batch, flex or priority.", HelpName = "TIER" };
        option.Validators.Add(static result => ReportOptions.Check(result, "--tier", static text => TryParseTier(text, out _), "standard, batch, flex or priority"));
        return option;
    }

    /// <summary>The billed web searches of the call.</summary>
    public static Option<string> Searches()
    {
        var option = new Option<string>("--searches") { Description = "Billed web searches of the call.", HelpName = "COUNT" };
        option.Validators.Add(static result => ReportOptions.Check(result, "--searches", static text => TryParseSearches(text, out _), $"a number from 0 to {SearchesMax}"));
        return option;
    }

    /// <summary>Reads an instant; a day alone is its first instant in UTC.</summary>
    public static bool TryParseInstant(string? text, out DateTimeOffset instant) =>
        DateTimeOffset.TryParseExact(text, InstantForms, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out instant);

    /// <summary>Reads a service tier.</summary>
    public static bool TryParseTier(string? text, out ServiceTier tier)
    {
        foreach (var known in (ServiceTier[])[ServiceTier.Standard, ServiceTier.Batch, ServiceTier.Flex, ServiceTier.Priority])
        {
            if (JsonNames.Of(known) == text)
            {
                tier = known;
                return true;
            }
        }

        tier = default;
        return false;
    }

    /// <summary>Reads a number of web searches.</summary>
    public static bool TryParseSearches(string? text, out int searches) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out searches) && searches <= SearchesMax;

    /// <summary>Reads token counts by class; a class that is named twice is added up.</summary>
    public static bool TryParseTokens(string? text, out TokenCounts tokens)
    {
        tokens = default;
        foreach (var part in (text ?? string.Empty).Split(',', StringSplitOptions.TrimEntries))
        {
            var pair = part.Split('=');
            if (pair is not [var name, var digits] || !long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var count) || CountsOf(name, count) is not { } counts)
            {
                return false;
            }

            tokens += counts;
        }

        return tokens.IsValid;
    }

    private static TokenCounts? CountsOf(string name, long count)
    {
        if (count > TokenCounts.ClassMax)
        {
            return null;
        }

        for (var tokenClass = TokenClass.Input; tokenClass <= TokenClass.Citation; tokenClass++)
        {
            if (JsonNames.Of(tokenClass) == name)
            {
                return CountsOf(tokenClass, count);
            }
        }

        return name == "reasoning" ? new TokenCounts { Output = count, Reasoning = count } : null;
    }

    private static TokenCounts CountsOf(TokenClass tokenClass, long count) => tokenClass switch
    {
        TokenClass.Input => new() { Input = count },
        TokenClass.CacheRead => new() { CacheRead = count },
        TokenClass.CacheWrite5m => new() { CacheWrite5m = count },
        TokenClass.CacheWrite1h => new() { CacheWrite1h = count },
        TokenClass.Output => new() { Output = count },
        _ => new() { Modalities = new ModalityCounts { [tokenClass] = count } },
    };
}
