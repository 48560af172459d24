using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Farthing.Workflows.Access;

/// <summary>Who changes something and when; goes with every change of people and keys, wallets and grants.</summary>
/// <param name="Org">Whose audit it belongs to.</param>
/// <param name="Actor">Who, as <see cref="Caller.Actor"/> names them.</param>
/// <param name="RequestId">The request; empty for the command line.</param>
/// <param name="At">When.</param>
public sealed record AuditStamp(string Org, string Actor, string RequestId, DateTimeOffset At)
{
    /// <summary>The stamp of a caller's change.</summary>
    public static AuditStamp Of(Caller caller, DateTimeOffset now) => new(caller.Org, caller.Actor, caller.RequestId, now);
}

/// <summary>One line of the audit, written in the transaction of the change that it tells of.</summary>
/// <param name="Id">Names it; lines of later milliseconds sort later.</param>
/// <param name="Stamp">Who and when.</param>
/// <param name="Action">What was done: <c>team.created</c>, <c>key.revoked</c> …</param>
/// <param name="ObjectId">To what.</param>
/// <param name="Before">The object before as JSON, without secrets; empty when it is new.</param>
/// <param name="After">The object after.</param>
public sealed record AuditEntry(string Id, AuditStamp Stamp, string Action, string ObjectId, string Before, string After)
{
    /// <summary>An organisation was founded.</summary>
    public static AuditEntry Of(Org org, AuditStamp stamp) => Make(stamp, "org.created", org.Id, null, org, AuditJson.Default.Org);

    /// <summary>A team was founded, or changed.</summary>
    public static AuditEntry Of(Team? before, Team after, AuditStamp stamp) =>
        Make(stamp, before is null ? "team.created" : "team.changed", after.Id, before, after, AuditJson.Default.Team);

    /// <summary>An engineer was added, or changed.</summary>
    public static AuditEntry Of(Engineer? before, Engineer after, AuditStamp stamp) => Make(
        stamp,
        (before, after) switch
        {
            (null, _) => "engineer.created",
            ({ IsActive: true }, { IsActive: false }) => "engineer.deactivated",
            _ => "engineer.changed",
        },
        after.Id, before, after, AuditJson.Default.Engineer);

    /// <summary>A key was made, replaced or revoked. Its hash is not told.</summary>
    public static AuditEntry Of(ApiKey? before, ApiKey after, AuditStamp stamp) => Make(
        stamp,
        (before, after) switch
        {
            (null, _) => "key.created",
            ({ RevokedAt: null }, { RevokedAt: not null }) => "key.revoked",
            _ => "key.rotated",
        },
        after.Id, before, after, AuditJson.Default.ApiKey);

    /// <summary>A line about a change of something: what was not there before is new, what is not there after was removed.</summary>
    internal static AuditEntry Make<T>(AuditStamp stamp, string action, string id, T? before, T? after, JsonTypeInfo<T> json)
        where T : class
    {
        return new(AccessTexts.NewId(stamp.At), stamp, action, id, TextOf(before), TextOf(after));

        string TextOf(T? thing) => thing is null ? string.Empty : JsonSerializer.Serialize(thing, json);
    }
}

/// <summary>Which lines of an organisation's audit are meant. Null means all.</summary>
public sealed record AuditQuery
{
    /// <summary>Whose audit.</summary>
    public required string Org { get; init; }

    /// <summary>Only lines about this object.</summary>
    public string? ObjectId { get; init; }

    /// <summary>Only lines of this action: <c>wallet.changed</c>.</summary>
    public string? Action { get; init; }

    /// <summary>Only what this actor did, as <see cref="Caller.Actor"/> names them.</summary>
    public string? Actor { get; init; }

    /// <summary>Only from this instant on.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Only before this instant.</summary>
    public DateTimeOffset? To { get; init; }

    /// <summary>Goes on behind the line of this id; null for the newest.</summary>
    public string? After { get; init; }

    /// <summary>At most so many.</summary>
    public int Limit { get; init; } = 100;
}

/// <summary>The audit of a store, to be read.</summary>
public interface IAuditTrail
{
    /// <summary>Lines of an organisation, the newest first.</summary>
    Task<IReadOnlyList<AuditEntry>> ReadAsync(AuditQuery query, CancellationToken cancellationToken);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, UseStringEnumConverter = true)]
[JsonSerializable(typeof(Org))]
[JsonSerializable(typeof(Team))]
[JsonSerializable(typeof(Engineer))]
[JsonSerializable(typeof(ApiKey))]
internal sealed partial class AuditJson : JsonSerializerContext;
