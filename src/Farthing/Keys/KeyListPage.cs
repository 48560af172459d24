using System.Globalization;
using Farthing.Reports;
using Farthing.Workflows.Access;

namespace Farthing.Keys;

/// <summary>The keys of an organisation for people: what each is for, what it may do, whether it works.</summary>
internal static class KeyListPage
{
    private const string Never = "never";

    /// <summary>Shows the list.</summary>
    public static void Show(CommandContext context, IReadOnlyList<ApiKey> keys)
    {
        var page = new ReportPage(context);
        page.Head("Keys", DisplayText.Counted(keys.Count, "key"));
        var table = new ReportTable(
        [
            new("Name", Rank: 0) { IsFigure = false }, new("Role", Rank: 0) { IsFigure = false }, new("Key", Rank: 0) { IsFigure = false, WidthMin = 16 },
            new("State", Rank: 1) { IsFigure = false, WidthMin = 7 }, new("Last used", Rank: 2) { IsFigure = false }, new("Expires", Rank: 3) { IsFigure = false },
            new("Created", Rank: 4) { IsFigure = false }, new("Id", Rank: 5) { IsFigure = false, WidthMin = 36 },
        ]);
        var now = context.Time.GetUtcNow();
        foreach (var key in keys)
        {
            table.Add(
                key.RevokedAt is null ? RowKind.Line : RowKind.Part, DisplayText.Clean(key.Name), RoleName.Of(key.Role), $"fk_{key.Prefix}_…{key.LastFour}",
                StateOf(key, now), Day(key.LastUsedAt), Day(key.ExpiresAt), Day(key.CreatedAt), key.Id);
        }

        table.Show(page.Console);
        page.Space();
        page.Note("'farthing keys revoke PREFIX' and 'rotate PREFIX' take what stands behind fk_, or the id.");
    }

    private static string StateOf(ApiKey key, DateTimeOffset now) => key switch
    {
        { RevokedAt: not null } => "revoked",
        { ExpiresAt: { } expires } when expires <= now => "expired",
        _ => "works",
    };

    private static string Day(DateTimeOffset? at) => at?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? Never;
}
