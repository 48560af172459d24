using System.Text;
using System.Text.Json;
using Farthing.Sources.AgentLogs;

namespace Farthing.Sources.Tests.AgentLogs;

public sealed class JsonCursorTests
{
    private const string Sample =
        """{"a":{"b":[1,-2.5e+3,"x{}[],:",true,false,null,{},[],[[{"c":0}]]],"d":""},"e":[ ] , "f" : { "g" : 0.25 } ,"h":[{"i":[{"j":1}]}]}""";

    // Everything that gives JSON its structure, and nothing that only strings may not hold.
    private const string Alphabet = "{}[],:\"019.eE+-tfnurlase x";

    [Fact]
    public void It_accepts_exactly_what_the_reader_of_the_platform_accepts() => Seeded.ForNumbers(1_000_000, cases: 5_000, numbers =>
    {
        var text = new StringBuilder(Sample);
        foreach (var number in numbers)
        {
            Mutate(text, number);
        }

        var bytes = Encoding.UTF8.GetBytes(text.ToString());
        Accepts(bytes).ShouldBe(IsAcceptedByThePlatform(bytes), text.ToString());
        return true;
    });

    [Fact]
    public void Every_cut_of_an_object_is_broken()
    {
        var bytes = Encoding.UTF8.GetBytes(Sample);
        for (var length = 0; length < bytes.Length; length++)
        {
            Accepts(bytes[..length]).ShouldBeFalse();
        }

        Accepts(bytes).ShouldBeTrue();
    }

    [Fact]
    public void Fields_are_visited_in_order_whatever_is_done_with_their_values()
    {
        var json = new JsonCursor(Encoding.UTF8.GetBytes(Sample));
        var names = new List<string>();

        json.Enter().ShouldBeTrue();
        while (json.NextField(out var name))
        {
            names.Add(Encoding.UTF8.GetString(name));
            if (name is [(byte)'f'])
            {
                json.Enter().ShouldBeTrue();
                json.NextField(out _).ShouldBeTrue();
                Encoding.UTF8.GetString(json.Number()).ShouldBe("0.25");
                json.NextField(out _).ShouldBeFalse();
            }
            else if (name is [(byte)'e'])
            {
                json.EnterArray().ShouldBeTrue();
                json.NextElement().ShouldBeFalse();
            }
            else
            {
                json.Skip();
            }
        }

        names.ShouldBe(["a", "e", "f", "h"]);
        json.IsComplete().ShouldBeTrue();
    }

    [Theory]
    [InlineData("""{"n\u0061me":"v"}""", "name")]
    [InlineData("""{"\"":"v"}""", "\"")]
    [InlineData("""{"\\":"v"}""", "\\")]
    [InlineData("""{"a name that is longer than a vector of bytes \u00e9":"v"}""", "a name that is longer than a vector of bytes é")]
    public void Names_are_unescaped(string line, string expected)
    {
        var json = new JsonCursor(Encoding.UTF8.GetBytes(line));

        json.Enter().ShouldBeTrue();
        json.NextField(out var name).ShouldBeTrue();

        Encoding.UTF8.GetString(name).ShouldBe(expected);
        Encoding.UTF8.GetString(json.Text()).ShouldBe("v");
    }

    [Theory]
    [InlineData("assistant", "assistant", true)]
    [InlineData("\\u0061ssistant", "assistant", true)]
    [InlineData("assistent", "assistant", false)]
    [InlineData("assistan", "assistant", false)]
    [InlineData("\\u0061ssistent", "assistant", false)]
    public void Words_are_recognised_in_any_spelling(string raw, string word, bool means) =>
        JsonWord.Means(Encoding.UTF8.GetBytes(raw), Encoding.UTF8.GetBytes(word)).ShouldBe(means);

    private static bool Accepts(byte[] bytes)
    {
        var json = new JsonCursor(bytes);
        json.Skip();
        return json.IsComplete();
    }

    private static bool IsAcceptedByThePlatform(byte[] bytes)
    {
        try
        {
            var json = new Utf8JsonReader(bytes);
            while (json.Read())
            {
                // Reading to the end is the check.
            }

            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static void Mutate(StringBuilder text, int number)
    {
        var at = number / 16 % (text.Length + 1);
        var letter = Alphabet[number % Alphabet.Length];
        if (number % 3 == 0 && at < text.Length)
        {
            text.Remove(at, 1);
        }
        else if (number % 3 == 1 && at < text.Length)
        {
            text[at] = letter;
        }
        else
        {
            text.Insert(at, letter);
        }
    }
}
