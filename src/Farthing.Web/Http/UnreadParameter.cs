using System.Globalization;
using System.Reflection;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Mvc;

namespace Farthing.Web.Http;

/// <summary>
/// Finds the parameter of a query that is not of its type. The generated code that reads requests answers 400 to one that
/// may be left out, and does not say which it was.
/// </summary>
internal static class UnreadParameter
{
    /// <summary>The name of the first one as it stands in the query; null when all can be read.</summary>
    public static string? Of(HttpContext context) => context.GetEndpoint()?.Metadata.GetOrderedMetadata<IParameterBindingMetadata>()
        .Where(static parameter => parameter.HasTryParse)
        .Select(static parameter => (Name: NameOf(parameter), parameter.ParameterInfo.ParameterType))
        .FirstOrDefault(parameter => context.Request.Query[parameter.Name].ToString() is { Length: > 0 } text && !IsOf(parameter.ParameterType, text))
        .Name;

    private static string NameOf(IParameterBindingMetadata parameter) =>
        parameter.ParameterInfo.GetCustomAttribute<FromQueryAttribute>()?.Name ?? parameter.Name;

    private static bool IsOf(Type type, string text) => (Nullable.GetUnderlyingType(type) ?? type) switch
    {
        var it when it == typeof(int) => int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out _),
        var it when it == typeof(bool) => bool.TryParse(text, out _),
        var it when it == typeof(DateTimeOffset) => DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, out _),
        _ => true,
    };
}
