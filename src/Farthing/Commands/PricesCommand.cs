using System.CommandLine;
using Farthing.Domain.Pricing;
using Farthing.Domain.Usage;
using Farthing.Prices;
using Farthing.Reports;
using Farthing.Workflows.Pricing;
using Farthing.Workflows.Spending;

namespace Farthing.Commands;

/// <summary>What models cost, according to the catalog that prices calls here.</summary>
internal static class PricesCommand
{
    internal static Command Create(CommandContext context)
    {
        var command = new Command("prices", "What models cost, since when, and where that was read.");
        command.Subcommands.Add(List(context));
        command.Subcommands.Add(Show(context));
        command.Subcommands.Add(Explain(context));
        command.Subcommands.Add(Verify(context));
        return command;
    }

    private static Command List(CommandContext context)
    {
        var text = new Argument<string?>("TEXT") { Description = "Only models whose name or id contains this text.", Arity = ArgumentArity.ZeroOrOne };
        var (provider, at, json) = (PriceOptions.Provider(), PriceOptions.At(), PriceOptions.Json());
        var command = new Command("list", "List prices, one line per model.") { text, provider, at, json };
        command.SetAction(parsed =>
        {
            var catalog = context.OpenPrices().Catalog;
            var time = TimeOf(parsed, at, context);
            var prices = FindPrices.List(catalog, parsed.GetValue(provider), parsed.GetValue(text), time);
            if (parsed.GetValue(json))
            {
                PriceJson.WriteList(context.Out, catalog, prices, time);
            }
            else
            {
                PriceListPage.Show(context, catalog, prices, time);
            }

            return ExitCode.Success;
        });
        return command;
    }

    private static Command Show(CommandContext context)
    {
        var model = new Argument<string>("MODEL") { Description = "A row's key such as anthropic/claude-opus-4-8, or any id of a model." };
        var json = PriceOptions.Json();
        var command = new Command("show", "Everything about one model: all periods, tiers, modes, regions, sources and conflicts.") { model, json };
        command.SetAction(parsed =>
        {
            var rater = context.OpenPrices();
            var name = parsed.GetRequiredValue(model);
            var found = FindPrices.Of(rater.Catalog, name);
            if (found.Row is not { } row)
            {
                return Refuse(context, rater, name);
            }

            if (parsed.GetValue(json))
            {
                PriceJson.WriteRow(context.Out, row, found.Others);
            }
            else
            {
                new PriceRowPage(context).Show(row, found.Others);
            }

            return ExitCode.Success;
        });
        return command;
    }

    private static Command Explain(CommandContext context)
    {
        var model = new Argument<string>("MODEL") { Description = "The model as a log spells it." };
        var (provider, at, tokens, tier, searches, json) =
            (PriceOptions.Provider(), PriceOptions.At(), PriceOptions.Tokens(), PriceOptions.Tier(), PriceOptions.Searches(), PriceOptions.Json());
        var fast = new Option<bool>("--fast") { Description = "The call ran in fast mode." };
        var geo = new Option<string>("--geo") { Description = "The inference region of the call, for example us.", HelpName = "REGION" };
        var command = new Command("explain", "Show step by step how a model name is resolved, which rates hold, and what a call costs.")
        {
            model, provider, at, tokens, tier, fast, geo, searches, json,
        };
        command.SetAction(parsed =>
        {
            var serviceTier = PriceOptions.TryParseTier(parsed.GetValue(tier), out var chosen) ? chosen : ServiceTier.Standard;
            var searchCount = PriceOptions.TryParseSearches(parsed.GetValue(searches), out var billed) ? billed : 0;
            var question = new PriceQuestion(
                parsed.GetRequiredValue(model), parsed.GetValue(provider) ?? string.Empty, TimeOf(parsed, at, context),
                new CallTerms(serviceTier, parsed.GetValue(fast), parsed.GetValue(geo) ?? string.Empty),
                PriceOptions.TryParseTokens(parsed.GetValue(tokens), out var counts) ? counts : null, searchCount);
            return Answer(context, question, parsed.GetValue(json));
        });
        return command;
    }

    private static int Answer(CommandContext context, PriceQuestion question, bool asJson)
    {
        var answer = ExplainPrice.Ask(context.OpenPrices(), question);
        if (asJson)
        {
            PriceJson.WriteExplanation(context.Out, answer);
        }
        else
        {
            new PriceExplanationPage(context).Show(answer);
        }

        return ExitCode.Success;
    }

    private static Command Verify(CommandContext context)
    {
        var json = PriceOptions.Json();
        var command = new Command("verify", "Price the traps that travel with the program and compare with their exact answers.") { json };
        command.SetAction(parsed =>
        {
            var results = PricingConformance.Run(context.OpenPrices().Catalog);
            if (parsed.GetValue(json))
            {
                PriceJson.WriteVerification(context.Out, results);
            }
            else
            {
                VerificationPage.Write(context.Out, results);
            }

            return results.All(static result => result.Passed) ? ExitCode.Success : ExitCode.Failure;
        });
        return command;
    }

    private static DateTimeOffset TimeOf(ParseResult parsed, Option<string> at, CommandContext context) =>
        PriceOptions.TryParseInstant(parsed.GetValue(at), out var instant) ? instant : context.Time.GetUtcNow();

    private static int Refuse(CommandContext context, Rater rater, string name)
    {
        var similar = ModelResolver.Explain(rater, string.Empty, name, context.Time.GetUtcNow()).Siblings;
        context.Error.WriteLine($"The catalog has no price for '{DisplayText.Clean(name)}'.");
        context.Error.WriteLine(similar.Count > 0 ? $"Similar: {string.Join(", ", similar)}." : "'farthing prices list TEXT' searches for a part of a name.");
        return ExitCode.Failure;
    }
}
