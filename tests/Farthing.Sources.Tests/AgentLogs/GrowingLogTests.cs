using Farthing.Workflows.Metering;

namespace Farthing.Sources.Tests.AgentLogs;

/// <summary>A log that is read while it grows gives what it gives when it is read at once.</summary>
public sealed class GrowingLogTests
{
    [Fact]
    public void Any_number_of_slices_gives_the_same_calls() => Seeded.ForNumbers(10_000, cases: 150, cuts =>
    {
        foreach (var log in SampleLogs.All)
        {
            ReadInSlices(log, cuts.Select(cut => cut * log.Content.Length / 10_000)).ShouldBe(LogText.Write(LogText.Merge(log.Read())));
        }

        return true;
    });

    [Fact]
    public void Every_single_cut_gives_the_same_calls()
    {
        foreach (var log in SampleLogs.All)
        {
            var atOnce = LogText.Write(LogText.Merge(log.Read()));
            for (var cut = 0; cut <= log.Content.Length; cut++)
            {
                ReadInSlices(log, [cut]).ShouldBe(atOnce);
            }
        }
    }

    [Fact]
    public void A_stream_that_gives_a_few_bytes_at_a_time_gives_the_same_calls()
    {
        foreach (var log in SampleLogs.All)
        {
            var reading = log.Reader.Read(
                new DrippingStream(log.Content), new LogContext { Path = "/logs/projects/p/s.jsonl", OpenSession = SampleLogs.OpenSession });

            LogText.Write(reading).ShouldBe(LogText.Write(log.Read()));
        }
    }

    [Fact]
    public void Nothing_new_gives_nothing_and_the_same_position()
    {
        foreach (var log in SampleLogs.All)
        {
            var first = log.Read();
            var second = log.Read(log.Content, first.Next, log.Content.Length);

            second.Events.ShouldBeEmpty();
            second.Warnings.ShouldBeEmpty();
            second.Next.ShouldBe(first.Next);
        }
    }

    private static string ReadInSlices(SampleLog log, IEnumerable<int> cuts)
    {
        var (readings, next) = (new List<LogReading>(), LogCheckpoint.Start);
        foreach (var cut in cuts.Append(log.Content.Length).Order().Where(cut => cut >= next.Offset))
        {
            var reading = log.Read(log.Content, next, cut);
            readings.Add(reading);
            next = reading.Next;
        }

        return LogText.Write(LogText.Merge([.. readings]));
    }

    private sealed class DrippingStream(byte[] content) : MemoryStream(content)
    {
        public override int Read(byte[] buffer, int offset, int count) => base.Read(buffer, offset, Math.Min(count, 7));

        public override int Read(Span<byte> buffer) => base.Read(buffer[..Math.Min(buffer.Length, 7)]);
    }
}
