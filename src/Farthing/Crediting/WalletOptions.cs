using System.CommandLine;
using Farthing.Domain.Usage;

namespace Farthing.Crediting;

/// <summary>The options that say whose credits are meant.</summary>
internal sealed class WalletOptions
{
    private readonly Option<string> wallet = new("--wallet") { Description = "Only this wallet.", HelpName = "ID" };
    private readonly Option<string> org = OrgOption($"Whose; {Dimensions.LocalOrg} unless told.");

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        command.Options.Add(wallet);
        command.Options.Add(org);
    }

    /// <summary>The wallet; null for all.</summary>
    public string? Wallet(ParseResult parsed) => parsed.GetValue(wallet);

    /// <summary>The organisation.</summary>
    public string Org(ParseResult parsed) => parsed.GetValue(org) ?? Dimensions.LocalOrg;

    /// <summary>An option that names an organisation.</summary>
    public static Option<string> OrgOption(string description) => new("--org") { Description = description, HelpName = "ORG" };
}
