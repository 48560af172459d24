using System.Text;
using Farthing.Workflows.Metering;

namespace Farthing.Sources.Tests.AgentLogs;

public sealed class BadInputTests
{
    [Fact]
    public void Mutated_bytes_never_throw_and_positions_never_pass_the_end() => Seeded.ForNumbers(1_000_000, cases: 800, numbers =>
    {
        foreach (var log in SampleLogs.All)
        {
            var content = Mutate(log.Content, numbers);
            var reading = log.Read(content, LogCheckpoint.Start, content.Length);

            reading.Next.Offset.ShouldBeInRange(0, content.Length);
            reading.Events.ShouldAllBe(call => call.Tokens.Total >= 0);
        }

        return true;
    });

    [Fact]
    public void Broken_states_never_throw() => Seeded.ForNumbers(1_000_000, cases: 200, numbers =>
    {
        foreach (var log in SampleLogs.All)
        {
            var state = Encoding.Latin1.GetString(Mutate(Encoding.Latin1.GetBytes(log.Read().Next.State), numbers));
            log.Read(log.Content, new LogCheckpoint(0, 0, state), log.Content.Length).Next.Offset.ShouldBeGreaterThanOrEqualTo(0);
        }

        return true;
    });

    [Fact]
    public void An_empty_file_is_nothing()
    {
        foreach (var reader in new[] { LogText.ClaudeReader, LogText.CodexReader })
        {
            var reading = reader.Read(Stream.Null, new LogContext { Path = "/x/y.jsonl" });

            reading.Events.ShouldBeEmpty();
            reading.Warnings.ShouldBeEmpty();
            reading.Next.Offset.ShouldBe(0);
        }
    }

    [Fact]
    public void A_line_of_one_megabyte_nested_200_deep_is_counted()
    {
        var deep = $"{Repeat("{\"a\":[", 100)}\"{new string('x', 1 << 20)}\"{Repeat("]}", 100)}";

        var reading = LogText.ReadClaude(new Transcript { More = $",\"deep\":{deep}" }.Json);

        reading.Events.Count.ShouldBe(1);
        reading.Warnings.ShouldBeEmpty();
    }

    [Fact]
    public void A_line_nested_deeper_than_any_agent_writes_is_a_warning()
    {
        var deep = $"{Repeat("[", 100_000)}{Repeat("]", 100_000)}";

        var reading = LogText.ReadClaude(new Transcript { More = $",\"deep\":{deep}" }.Json, new Transcript().Json);

        reading.Events.Count.ShouldBe(1);
        reading.Warnings.ShouldBe([new LogWarning(1, "malformed JSON")]);
    }

    [Fact]
    public void Invalid_UTF_8_in_a_text_does_not_cost_the_call()
    {
        var content = Encoding.UTF8.GetBytes(new Transcript().Json + "\n");
        content[content.AsSpan().IndexOf("usage {}"u8)] = 0xFF;
        content[content.AsSpan().IndexOf("/srv"u8)] = 0xC0;

        var reading = LogText.ClaudeReader.Read(new MemoryStream(content), new LogContext { Path = "/x/y.jsonl" });

        reading.Events.ShouldHaveSingleItem().Dimensions.Project.ShouldBe("\uFFFDsrv/ledger");
    }

    [Fact]
    public void A_huge_line_is_skipped_and_the_rest_counted()
    {
        var line = new Transcript().Json + "\n";
        var stream = new HugeLine($"{line}{{\"type\":\"user\",\"usage\":\"", 64 << 20, $"\"}}\n{line.Replace("msg_01", "msg_02", StringComparison.Ordinal)}");

        var reading = LogText.ClaudeReader.Read(stream, new LogContext { Path = "/x/y.jsonl" });

        reading.Events.Select(call => call.Line).ShouldBe([1, 3]);
        reading.Warnings.ShouldBe([new LogWarning(2, "longer than 32 MiB")]);
    }

    [Theory]
    [InlineData("2099-01-01T00:00:00Z", 2099)]
    [InlineData("1999-12-31T23:59:59Z", 1999)]
    [InlineData("1970-01-01T00:00:00Z", 1970)]
    public void Implausible_times_pass_through_for_the_importer_to_judge(string at, int year)
    {
        LogText.ReadClaude(new Transcript { At = at }.Json).Events.ShouldHaveSingleItem().OccurredAt.Year.ShouldBe(year);
    }

    [Theory]
    [InlineData("1969-12-31T23:59:59Z")]
    [InlineData("0001-01-01T00:00:00Z")]
    [InlineData("9999-12-31T23:59:59Z")]
    public void Times_that_no_identity_can_hold_are_warnings(string at)
    {
        var reading = LogText.ReadClaude(new Transcript { At = at }.Json);

        reading.Events.ShouldBeEmpty();
        reading.Warnings.ShouldBe([new LogWarning(1, "time stamp outside 1970 to 2106")]);
    }

    [Fact]
    public void A_file_full_of_faults_gives_few_warnings()
    {
        var reading = LogText.ReadClaude([.. Enumerable.Repeat("no", 10_000)]);

        reading.Warnings.Count.ShouldBe(LogReading.WarningsMax);
        reading.Next.Line.ShouldBe(10_000);
    }

    [Fact]
    public void A_failing_stream_passes_its_failure_on()
    {
        Should.Throw<IOException>(() => LogText.ClaudeReader.Read(new FailingStream(), new LogContext { Path = "/x/y.jsonl" }));
    }

    private static string Repeat(string text, int count) => string.Concat(Enumerable.Repeat(text, count));

    // Each number changes one thing: a byte, a run that is cut out, a run that is doubled, the end.
    private static byte[] Mutate(byte[] content, int[] numbers)
    {
        var bytes = content.ToList();
        foreach (var number in numbers.Where(_ => bytes.Count > 0))
        {
            var at = number / 8 % bytes.Count;
            var run = Math.Min((number / 64 % 20) + 1, bytes.Count - at);
            switch (number % 8)
            {
                case 0:
                    bytes.RemoveRange(at, run);
                    break;
                case 1:
                    bytes.InsertRange(at, bytes.GetRange(at, run));
                    break;
                case 2:
                    bytes.RemoveRange(at, bytes.Count - at);
                    break;
                case 3:
                    bytes[at] = "\"{}[]:,\\0-9\n"u8[number / 16 % 12];
                    break;
                default:
                    bytes[at] = (byte)(number / 16 % 256);
                    break;
            }
        }

        return [.. bytes];
    }

    private sealed class FailingStream : MemoryStream
    {
        public override int Read(byte[] buffer, int offset, int count) => throw new IOException("The file has disappeared.");
    }
}
