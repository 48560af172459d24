using Farthing.Workflows.Access;
using Farthing.Workflows.Exploring;
using Farthing.Workflows.Spending;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace Farthing.Web.Dashboard.Frame;

/// <summary>A name that somebody typed into a filter and that stands for nobody, or for several.</summary>
/// <param name="By">The filter.</param>
/// <param name="Text">The name.</param>
/// <param name="IsAmbiguous">Whether it stands for several.</param>
public sealed record TypedFilter(SpendDimension By, string Text, bool IsAmbiguous)
{
    /// <summary>What the name of a filter stands behind, whose value nobody is called.</summary>
    internal const string Prefix = "typed-";

    /// <summary>The name by which an address says that several are called so.</summary>
    internal const string Several = "several";

    private const int LengthMax = 256;

    /// <summary>What is wrong with it, for people.</summary>
    public string Problem => IsAmbiguous
        ? $"Several are called “{Text}”: type more of the name{(By == SpendDimension.User ? ", or the address" : string.Empty)}."
        : $"Nothing here is called “{Text}”.";

    /// <summary>The one that an address tells; null for none.</summary>
    public static TypedFilter? Read(IQueryCollection query)
    {
        foreach (var by in FindTyped.Dimensions)
        {
            if (query[FieldOf(by)] is [{ Length: > 0 and <= LengthMax } text])
            {
                return new(by, text, query[Several].Count > 0);
            }
        }

        return null;
    }

    /// <summary>
    /// Where a form leads of which a filter was typed: to the address of the value that it stands for; of a name that stands for
    /// nobody or for several to the address without it, which tells the name.
    /// </summary>
    /// <param name="request">The form.</param>
    /// <param name="within">What may be touched.</param>
    /// <param name="find">Finds what names stand for.</param>
    /// <param name="linkOf">The address that the fields of a form mean.</param>
    /// <param name="cancellationToken">Gives up.</param>
    internal static async Task<string> LeadAsync(
        HttpRequest request, Scope within, FindTyped find, Func<IQueryCollection, string> linkOf, CancellationToken cancellationToken)
    {
        var fields = request.Query.ToDictionary(static field => field.Key, static field => field.Value, StringComparer.OrdinalIgnoreCase);
        var untold = string.Empty;
        foreach (var by in FindTyped.Dimensions)
        {
            var name = SpendAddress.FieldOf(DimensionWord.Of(by));
            if (!fields.TryGetValue(name, out var typed) || typed is not [{ Length: > 0 and <= LengthMax } text] || text == DimensionWord.NoneGiven)
            {
                continue;
            }

            var found = await find.FindAsync(within, by, text, cancellationToken);
            fields[name] = found.Value is { } value ? new StringValues(value) : StringValues.Empty;
            untold = found.Value is null ? $"&{FieldOf(by)}={Uri.EscapeDataString(text)}{(found.IsAmbiguous ? $"&{Several}=1" : string.Empty)}" : untold;
        }

        return linkOf(new QueryCollection(fields)) + untold;
    }

    private static string FieldOf(SpendDimension by) => Prefix + DimensionWord.Of(by).Word;
}
