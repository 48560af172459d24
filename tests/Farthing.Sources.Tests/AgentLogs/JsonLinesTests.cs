using System.Globalization;
using System.Text;
using Farthing.Sources.AgentLogs;
using Farthing.Workflows.Metering;

namespace Farthing.Sources.Tests.AgentLogs;

public sealed class JsonLinesTests
{
    private readonly record struct WordMark : ILineMark
    {
        public static byte First => (byte)'w';

        public static byte Second => (byte)'d';

        public static int Distance => 3;

        public static bool IsAt(ReadOnlySpan<byte> text, int at) => text[at..].StartsWith("word"u8);
    }

    [Fact]
    public void Lines_come_with_their_number_and_offset()
    {
        Read("{\"a\":1}\n{\"b\":2}\r\n  {\"c\":3} \n").ShouldBe(["1@0 {\"a\":1}", "2@8 {\"b\":2}", "3@17 {\"c\":3}"]);
    }

    [Fact]
    public void A_byte_order_mark_before_the_first_line_is_passed_over()
    {
        Read("\uFEFF{\"a\":1}\n").ShouldBe(["1@0 {\"a\":1}"]);
    }

    [Fact]
    public void What_is_no_object_becomes_a_warning_and_the_rest_is_read()
    {
        Read("{}\n\n\0\0\0\n[1,2]\n{\"cut\":\nhm\n{}\n").ShouldBe(
        [
            "1@0 {}", "7@25 {}",
            "2: blank line", "3: NUL bytes", "4: not a JSON object", "5: truncated line", "6: not a JSON object",
        ]);
    }

    [Fact]
    public void NULs_around_an_object_are_a_warning_and_the_object_is_read()
    {
        Read("{\"a\":1}\n\0\0\0{\"b\":2}\n{\"c\":3}\0\0\r\n\0 \0{\"d\":4} \0\n\0\0{\"cut\":\n{}\n").ShouldBe(
        [
            "1@0 {\"a\":1}", "2@8 {\"b\":2}", "3@19 {\"c\":3}", "4@30 {\"d\":4}", "6@53 {}",
            "2: NUL bytes", "3: NUL bytes", "4: NUL bytes", "5: NUL bytes",
        ]);
    }

    [Fact]
    public void NULs_behind_a_last_line_are_left_for_the_next_reading()
    {
        var first = Open("\0\0{\"a\":1}\0\0");

        Drain(first).ShouldBe(["1@0 {\"a\":1}", "1: NUL bytes", "1: truncated tail"]);
        first.After(string.Empty).ShouldBe(new LogCheckpoint(9, 0, string.Empty));
        Drain(Open("\n{\"b\":2}\n", first.After(string.Empty))).ShouldBe(["2@10 {\"b\":2}"]);
    }

    [Fact]
    public void A_complete_last_line_without_line_feed_is_taken_and_its_late_line_feed_is_no_line()
    {
        var first = Open("{\"a\":1}\n{\"b\":2}");
        Drain(first).ShouldBe(["1@0 {\"a\":1}", "2@8 {\"b\":2}"]);
        var checkpoint = first.After("state");
        checkpoint.ShouldBe(new LogCheckpoint(15, 1, "state"));

        var second = Open("\n{\"c\":3}\n", checkpoint);

        Drain(second).ShouldBe(["3@16 {\"c\":3}"]);
    }

    [Fact]
    public void A_truncated_tail_is_left_for_the_next_reading()
    {
        var lines = Open("{\"a\":1}\n{\"b\":");

        Drain(lines).ShouldBe(["1@0 {\"a\":1}", "2: truncated tail"]);
        lines.After(string.Empty).ShouldBe(new LogCheckpoint(8, 1, string.Empty));
    }

    [Fact]
    public void A_tail_that_ends_in_a_brace_but_is_not_complete_is_left()
    {
        var lines = Open("{\"a\":{\"b\":1}");

        Drain(lines).ShouldBe(["1: truncated tail"]);
        lines.After(string.Empty).Offset.ShouldBe(0);
    }

    [Fact]
    public void A_line_of_64_MiB_is_skipped_and_the_rest_is_read()
    {
        var lines = new JsonLines(new HugeLine("{\"a\":1}\n{\"text\":\"", 64 << 20, "\"}\n{\"b\":2}\n"), LogCheckpoint.Start);

        var read = Drain(lines);

        read.ShouldBe(["1@0 {\"a\":1}", $"3@{(64 << 20) + 20} {{\"b\":2}}", "2: longer than 32 MiB"]);
    }

    [Fact]
    public void A_line_of_64_MiB_that_is_still_being_written_is_left()
    {
        var lines = new JsonLines(new HugeLine("{\"a\":1}\n{\"text\":\"", 64 << 20, string.Empty), LogCheckpoint.Start);

        Drain(lines).ShouldBe(["1@0 {\"a\":1}", "2: longer than 32 MiB"]);
        lines.After(string.Empty).ShouldBe(new LogCheckpoint(8, 1, string.Empty));
    }

    [Fact]
    public void A_line_longer_than_the_buffer_is_read_whole()
    {
        var lines = new JsonLines(new HugeLine("{\"a\":\"", 3 << 20, "\"}\n{\"b\":2}\n"), LogCheckpoint.Start);

        lines.MoveNext().ShouldBeTrue();
        lines.Current.Length.ShouldBe((3 << 20) + 8);
        lines.MoveNext().ShouldBeTrue();
        lines.Line.ShouldBe(2);
    }

    [Fact]
    public void A_mark_is_found_wherever_it_stands()
    {
        for (var before = 0; before < 200; before++)
        {
            var marked = $"{{\"{new string('x', before)}word{new string('y', 200 - before)}\"}}";
            var plain = $"{{\"{new string('w', before)}wor-{new string('d', 200 - before)}\"}}";
            var lines = Open($"{plain}\n{marked}\n{plain}\n{{\"\\u0077or\\u0064\":1}}\n{plain}\nword\n{{\"word\":1}}");

            var found = new List<long>();
            while (lines.MoveNext<WordMark>())
            {
                found.Add(lines.Line);
            }

            found.ShouldBe([2, 4, 7]);
            lines.Warnings.ToList().ShouldBe([new LogWarning(6, "not a JSON object")]);
        }
    }

    [Fact]
    public void A_mark_is_found_across_chunks()
    {
        for (var before = 0; before < 64; before++)
        {
            var line = $"{{\"{new string('x', (256 << 10) - 40 + before)}word\"}}\n";
            var lines = Open(line + "{\"other\":1}\n" + line);

            lines.MoveNext<WordMark>().ShouldBeTrue();
            lines.Line.ShouldBe(1);
            lines.MoveNext<WordMark>().ShouldBeTrue();
            lines.Line.ShouldBe(3);
            lines.MoveNext<WordMark>().ShouldBeFalse();
            lines.Dispose();
        }
    }

    [Fact]
    public void More_warnings_than_are_kept_are_counted_in_the_last_one()
    {
        var lines = Open(new string('\n', 250));

        lines.MoveNext().ShouldBeFalse();

        var warnings = lines.Warnings.ToList();
        warnings.Count.ShouldBe(LogReading.WarningsMax);
        warnings[^1].ShouldBe(new LogWarning(100, "and 151 more warnings from here on"));
    }

    private static JsonLines Open(string text, LogCheckpoint? from = null) =>
        new(new MemoryStream(Encoding.UTF8.GetBytes(text)), from ?? LogCheckpoint.Start);

    private static List<string> Read(string text) => Drain(Open(text));

    private static List<string> Drain(JsonLines lines)
    {
        var read = new List<string>();
        while (lines.MoveNext())
        {
            read.Add(string.Create(CultureInfo.InvariantCulture, $"{lines.Line}@{lines.Offset} {Encoding.UTF8.GetString(lines.Current)}"));
        }

        read.AddRange(lines.Warnings.ToList().Select(warning => $"{warning.Line}: {warning.Reason}"));
        lines.Dispose();
        return read;
    }
}
