using System.Text;
using Farthing.Domain.Usage;
using Farthing.Sources.AgentLogs.GeminiCli;
using Farthing.Workflows.Metering;
using FsCheck;
using FsCheck.Fluent;

namespace Farthing.Sources.Tests.AgentLogs.GeminiCli;

public sealed class GeminiCliReaderLaws
{
    private static readonly Config Seeded = Config.QuickThrowOnFailure.WithMaxTest(200).WithReplay(new Replay(new Rnd(42, 1), Microsoft.FSharp.Core.FSharpOption<int>.None));
    private static readonly byte[] Chat = File.ReadAllBytes(
        Farthing.Testing.Repository.PathOf("tests/Farthing.Sources.Tests/Golden/gemini/session-2026-09-01T08-00-5e1f0a2b.jsonl"));

    [Fact]
    public void A_chat_read_in_two_slices_is_the_chat_read_at_once()
    {
        var whole = Merge(Read(Chat, LogCheckpoint.Start).Events);

        Check.One(Seeded, Prop.ForAll(Gen.Choose(0, Chat.Length).ToArbitrary(), cut =>
        {
            var first = Read(Chat[..cut], LogCheckpoint.Start);
            var second = Read(Chat[(int)first.Next.Offset..], first.Next);
            return Merge([.. first.Events, .. second.Events]).SequenceEqual(whole);
        }));
    }

    [Fact]
    public void No_bytes_make_the_reader_throw()
    {
        Check.One(Seeded.WithMaxTest(1000), Prop.ForAll(
            Gen.Choose(0, Chat.Length - 1).Two().Zip(Gen.Choose(0, 255)).ToArbitrary(),
            spoilt =>
            {
                var ((at, length), value) = (spoilt.Item1, spoilt.Item2);
                var bytes = Chat[..Math.Max(1, length)];
                bytes[at % bytes.Length] = (byte)value;
                Read(bytes, LogCheckpoint.Start);
                Read(bytes, LogCheckpoint.Start, "session-1.json");
                Read(bytes, new(0, 0, Encoding.Latin1.GetString(bytes)));
            }));
    }

    private static LogReading Read(byte[] bytes, LogCheckpoint from, string file = "session-1.jsonl") =>
        GeminiCliLog.Log.Reader.Read(new MemoryStream(bytes), new() { Path = "/x/.gemini/tmp/p/chats/" + file, From = from });

    private static IEnumerable<UsageEvent> Merge(IEnumerable<UsageEvent> events) =>
        events.GroupBy(usage => usage.Id).Select(copies => copies.Aggregate(Revision.Merge)).OrderBy(usage => usage.Id.ToString(), StringComparer.Ordinal);
}
