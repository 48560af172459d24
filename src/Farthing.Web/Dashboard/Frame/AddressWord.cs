using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Farthing.Web.Dashboard.Frame;

/// <summary>A name that addresses of a page may bear.</summary>
/// <param name="Name">The name.</param>
/// <param name="IsRead">Whether a value of it, which is not empty, is one that the page understands.</param>
public sealed record AddressWord(string Name, Func<string, HttpRequest, bool> IsRead)
{
    /// <summary>A name of which it says by itself whether a value is understood.</summary>
    public static AddressWord Of(string name, Func<string, bool> isRead) => new(name, (value, _) => isRead(value));
}

/// <summary>What the addresses of a page may bear. What else one bears is left out, and the page says so.</summary>
/// <param name="Words">The names.</param>
internal sealed record AddressWords(IReadOnlyList<AddressWord> Words)
{
    private const int ToldMax = 5;
    private const int LengthMax = 80;

    /// <summary>What every page understands, and what forms of one add to its address, or say beside it.</summary>
    private static readonly string[] OfFrame = [DoneWord.Field, SpendAddress.FormField, TypedFilter.Several];
    private static readonly string[] Prefixes = ["add-", "was-", TypedFilter.Prefix];

    /// <summary>The parts of an address that were not understood: a few of them, and none in full length.</summary>
    public IReadOnlyList<string> LeftOut(HttpRequest request) =>
    [
        .. request.Query.Where(field => !IsOfFrame(field.Key))
            .SelectMany(field => field.Value.OfType<string>().Where(value => !IsRead(field.Key, value, request)).Select(value => $"{field.Key}={value}"))
            .Distinct(StringComparer.Ordinal).Take(ToldMax).Select(static part => part.Length > LengthMax ? part[..LengthMax] + "…" : part),
    ];

    private static bool IsOfFrame(string name) =>
        OfFrame.Contains(name, StringComparer.OrdinalIgnoreCase) || Prefixes.Any(prefix => name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase));

    private bool IsRead(string name, string value, HttpRequest request) =>
        Words.FirstOrDefault(word => string.Equals(word.Name, name, StringComparison.OrdinalIgnoreCase)) is { } word && (value.Length == 0 || word.IsRead(value, request));
}

/// <summary>How a page says what its addresses may bear.</summary>
internal static class AddressReading
{
    /// <summary>Lets the page tell what else an address bears.</summary>
    public static TBuilder Reads<TBuilder>(this TBuilder builder, params IReadOnlyList<AddressWord> words)
        where TBuilder : IEndpointConventionBuilder => builder.WithMetadata(new AddressWords(words));
}
