using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Farthing.Web.Http;

/// <summary>
/// A number as it was sent, digit by digit: a JSON text or a JSON number. It never passes through floating point; an
/// exponent, which some languages write for small amounts, is written out.
/// </summary>
/// <param name="Sent">The text between the quotes, or the number's own characters.</param>
[JsonConverter(typeof(NumberTextJson))]
internal readonly record struct NumberText(string Sent)
{
    private const int ExponentMax = 40;
    private const int LengthMax = 64;

    /// <summary>The number without an exponent; the text as it was sent when it is no such number.</summary>
    public string Plain => Sent.IndexOfAny(['e', 'E']) is > 0 and var at ? Expand(Sent.AsSpan(0, at), Sent.AsSpan(at + 1)) ?? Sent : Sent;

    private static string? Expand(ReadOnlySpan<char> mantissa, ReadOnlySpan<char> exponent)
    {
        if (mantissa.Length > LengthMax || !int.TryParse(exponent, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var power)
            || power is < -ExponentMax or > ExponentMax)
        {
            return null;
        }

        var sign = mantissa is ['-', ..] ? "-" : string.Empty;
        var unsigned = mantissa[sign.Length..];
        var point = unsigned.IndexOf('.');
        var whole = point < 0 ? unsigned : unsigned[..point];
        var fraction = point < 0 ? [] : unsigned[(point + 1)..];
        if (whole.IsEmpty || (point >= 0 && fraction.IsEmpty))
        {
            return null;
        }

        var digits = string.Concat(whole, fraction);
        var place = whole.Length + power;
        return sign + place switch
        {
            <= 0 => "0." + new string('0', -place) + digits,
            _ when place >= digits.Length => digits.PadRight(place, '0'),
            _ => digits.Insert(place, "."),
        };
    }
}

/// <summary>Reads a number's own characters and writes them as text.</summary>
internal sealed class NumberTextJson : JsonConverter<NumberText>
{
    /// <inheritdoc/>
    public override NumberText Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.TokenType switch
    {
        JsonTokenType.String => new(reader.GetString()!),
        JsonTokenType.Number => new(Encoding.UTF8.GetString(reader.HasValueSequence ? reader.ValueSequence.ToArray() : reader.ValueSpan)),
        _ => throw new JsonException(),
    };

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, NumberText value, JsonSerializerOptions options) => writer.WriteStringValue(value.Sent);
}
