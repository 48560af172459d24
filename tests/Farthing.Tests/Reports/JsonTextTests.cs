using System.Globalization;
using System.Text.Json;
using Farthing.Reports;
using FsCheck;
using FsCheck.Fluent;

namespace Farthing.Tests.Reports;

public sealed class JsonTextTests
{
    [Fact]
    public void Documents_are_indented_as_the_library_does()
    {
        var json = new JsonText();
        json.WriteStartObject();
        json.WriteStartArray("empty");
        json.WriteEndArray();
        json.WriteStartArray("lines");
        json.WriteStartObject();
        json.WriteNumber("least", long.MinValue);
        json.WriteBoolean("yes", value: true);
        json.WriteEndObject();
        json.WriteStringValue("text");
        json.WriteEndArray();
        json.WriteStartObject("part");
        json.WriteNull("nothing");
        json.WriteEndObject();
        json.WriteEndObject();

        json.Written.ToString().ShouldBe("""
            {
              "empty": [],
              "lines": [
                {
                  "least": -9223372036854775808,
                  "yes": true
                },
                "text"
              ],
              "part": {
                "nothing": null
              }
            }
            """.ReplaceLineEndings("\n"));
    }

    [Fact]
    public void Every_text_is_read_back_as_it_was() =>
        Prop.ForAll<string[]>(texts =>
        {
            // Halves of surrogate pairs stand for nothing and come back as the replacement character.
            var expected = texts.Select(text => string.Concat((text ?? string.Empty).EnumerateRunes())).ToList();
            var json = new JsonText();
            json.WriteStartObject();
            json.WriteStartArray("texts");
            foreach (var text in texts)
            {
                json.WriteStringValue(text ?? string.Empty);
            }

            json.WriteEndArray();
            json.WriteEndObject();
            using var document = JsonDocument.Parse(json.Written.ToString());
            return document.RootElement.GetProperty("texts").EnumerateArray().Select(text => text.GetString()).SequenceEqual(expected, StringComparer.Ordinal);
        }).Check(Config.QuickThrowOnFailure.WithReplay(20_260_319, 7).WithMaxTest(500));

    [Fact]
    public void Control_characters_quotes_and_halves_of_pairs_are_escaped()
    {
        var json = new JsonText();
        json.WriteStartObject();
        json.WriteString("\"\\\u0000\u001b\u009f\u2028\ud800x", "ü…🤖<script>");
        json.WriteEndObject();

        json.Written.ToString().ShouldBe("{\n  \"\\\"\\\\\\u0000\\u001b\\u009f\\u2028\\ufffdx\": \"ü…🤖<script>\"\n}");
    }

    [Fact]
    public void A_document_larger_than_the_first_buffer_is_whole()
    {
        var json = new JsonText();
        json.WriteStartObject();
        for (var number = 0; number < 20_000; number++)
        {
            json.WriteNumber(number.ToString(CultureInfo.InvariantCulture), number);
        }

        json.WriteEndObject();

        using var document = JsonDocument.Parse(json.Written.ToString());
        document.RootElement.EnumerateObject().Sum(property => property.Value.GetInt64()).ShouldBe(199_990_000);
    }
}
