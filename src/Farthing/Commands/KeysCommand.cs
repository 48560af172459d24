using System.CommandLine;
using Farthing.Keys;
using Farthing.Reports;
using Farthing.Workflows.Access;

namespace Farthing.Commands;

/// <summary><c>farthing keys</c>: makes, lists, revokes and replaces keys for the API, on the store of the settings.</summary>
internal static class KeysCommand
{
    private const string LocalOrg = "local";

    internal static Command Create(CommandContext context)
    {
        var command = new Command("keys", "API keys: make, list, revoke, replace.");
        command.Subcommands.Add(Make(context));
        command.Subcommands.Add(List(context));
        command.Subcommands.Add(Revoke(context));
        command.Subcommands.Add(Rotate(context));
        return command;
    }

    private static Command Make(CommandContext context)
    {
        var name = new Option<string>("--name") { Description = "What the key is for.", HelpName = "NAME", Required = true };
        var role = new Option<string?>("--role") { Description = $"What it may do: {RoleName.Expected}.", HelpName = "ROLE" };
        role.Validators.Add(static result => ReportOptions.Check(result, "--role", static text => RoleName.Parse(text) is not null, RoleName.Expected));
        var engineer = new Option<string?>("--engineer") { Description = "The id of the engineer whose key it is; it has their role.", HelpName = "ID" };
        var (expires, org, json) = (new ExpiryOption(), Org(), Json());
        var command = new Command("create", "Make a key and show it, this once.") { name, role, engineer, expires.Option, org, json };
        command.SetAction((parsed, cancellationToken) =>
        {
            var request = new KeyRequest
            {
                Name = parsed.GetRequiredValue(name),
                Role = RoleName.Parse(parsed.GetValue(role)),
                EngineerId = parsed.GetValue(engineer),
                ExpiresAt = expires.Read(parsed, context.Time),
            };
            return Desk(context, parsed, org).CreateAsync(request, parsed.GetValue(json), cancellationToken);
        });
        return command;
    }

    private static Command List(CommandContext context)
    {
        var (org, json) = (Org(), Json());
        var command = new Command("list", "List keys, the revoked ones too; never their secrets.") { org, json };
        command.SetAction((parsed, cancellationToken) => Desk(context, parsed, org).ListAsync(parsed.GetValue(json), cancellationToken));
        return command;
    }

    private static Command Revoke(CommandContext context)
    {
        var (key, org) = (Key(), Org());
        var command = new Command("revoke", "Revoke a key for ever.") { key, org };
        command.SetAction((parsed, cancellationToken) => Desk(context, parsed, org).RevokeAsync(parsed.GetRequiredValue(key), cancellationToken));
        return command;
    }

    private static Command Rotate(CommandContext context)
    {
        var (key, org, json) = (Key(), Org(), Json());
        var command = new Command("rotate", "Give a key a new secret; the old one works no more.") { key, org, json };
        command.SetAction((parsed, cancellationToken) => Desk(context, parsed, org).RotateAsync(parsed.GetRequiredValue(key), parsed.GetValue(json), cancellationToken));
        return command;
    }

    private static KeyDesk Desk(CommandContext context, ParseResult parsed, Option<string> org) => new(context, parsed.GetRequiredValue(org));

    private static Argument<string> Key() => new("KEY") { Description = "The key's prefix, with or without fk_, or its id." };

    private static Option<string> Org() => new("--org") { Description = "Whose keys, by the organisation's id.", HelpName = "ID", DefaultValueFactory = static _ => LocalOrg };

    private static Option<bool> Json() => new("--json") { Description = "Write JSON." };
}
