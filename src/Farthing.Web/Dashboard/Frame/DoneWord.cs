namespace Farthing.Web.Dashboard.Frame;

/// <summary>What a form did, said on the page that it leads to; a part of that page's address.</summary>
/// <param name="Word">Its name in the address.</param>
/// <param name="Text">What the page says.</param>
public sealed record DoneWord(string Word, string Text)
{
    /// <summary>The name of the part of the address.</summary>
    public const string Field = "done";

    /// <summary>All of them: a page says nothing else that stands in an address.</summary>
    public static IReadOnlyList<DoneWord> All { get; } =
    [
        new("credit-given", "The credit was given."),
        new("balance-corrected", "The balance was corrected."),
        new("grant-taken-back", "The grant was taken back."),
        new("budget-created", "The budget was created."),
        new("budget-changed", "The budget was changed."),
        new("budget-deleted", "The budget was deleted."),
        new("team-created", "The team was created."),
        new("team-renamed", "The team was renamed."),
        new("person-changed", "The change was saved."),
        new("person-out", "The person was deactivated, and their keys and sign-ins no longer work."),
        new("person-in", "The person is active again."),
        new("key-revoked", "The key was revoked."),
        new("sign-in-ended", "The sign-in was ended, and its browser is out."),
        new("view-saved", "The view was saved."),
        new("view-deleted", "The view was deleted."),
    ];

    /// <summary>The one of a word; null for any other word.</summary>
    public static DoneWord? Find(string? word) => All.FirstOrDefault(one => one.Word == word);
}
