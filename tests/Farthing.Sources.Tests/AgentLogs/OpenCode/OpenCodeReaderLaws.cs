using Farthing.Sources.AgentLogs.OpenCode;
using Farthing.Workflows.Metering;
using FsCheck;
using FsCheck.Fluent;

namespace Farthing.Sources.Tests.AgentLogs.OpenCode;

public sealed class OpenCodeReaderLaws
{
    private static readonly Config Seeded = Config.QuickThrowOnFailure.WithMaxTest(500).WithReplay(new Replay(new Rnd(42, 1), Microsoft.FSharp.Core.FSharpOption<int>.None));
    private static readonly byte[] Rows = File.ReadAllBytes(
        Farthing.Testing.Repository.PathOf("tests/Farthing.Sources.Tests/Golden/opencode/rows.jsonl"));

    [Fact]
    public void Rows_in_any_order_are_the_same_calls()
    {
        var lines = System.Text.Encoding.UTF8.GetString(Rows).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var expected = Calls(Read(Rows, "opencode.db"));

        Check.One(Seeded, Prop.ForAll(Gen.Shuffle(lines).ToArbitrary(), shuffled =>
            Calls(Read(System.Text.Encoding.UTF8.GetBytes(string.Join('\n', shuffled) + "\n"), "opencode.db")).SequenceEqual(expected)));
    }

    [Fact]
    public void No_bytes_make_the_reader_throw()
    {
        Check.One(Seeded.WithMaxTest(1000), Prop.ForAll(
            Gen.Choose(0, Rows.Length - 1).Two().Zip(Gen.Choose(0, 255)).ToArbitrary(),
            spoilt =>
            {
                var ((at, length), value) = (spoilt.Item1, spoilt.Item2);
                var bytes = Rows[..Math.Max(1, length)];
                bytes[at % bytes.Length] = (byte)value;
                Read(bytes, "opencode.db");
                Read(bytes[..Math.Min(bytes.Length, 400)], "storage/message/ses_1/msg_1.json");
            }));
    }

    private static LogReading Read(byte[] bytes, string path) =>
        OpenCodeLog.Log.Reader.Read(new MemoryStream(bytes), new() { Path = "/x/opencode/" + path });

    private static List<string> Calls(LogReading reading) =>
        [.. reading.Events.Select(usage => $"{usage.Id} {usage.Tokens} {usage.Dimensions.Model}").Order(StringComparer.Ordinal)];
}
