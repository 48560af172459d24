using Farthing.Domain.Usage;
using FsCheck;
using FsCheck.Fluent;

namespace Farthing.Domain.Tests.Usage;

public sealed class EventIdLaws
{
    private static Arbitrary<(uint Left, uint Right, int Key)> Times { get; } =
        (from left in ArbMap.Default.GeneratorFor<uint>()
         from right in ArbMap.Default.GeneratorFor<uint>()
         from key in ArbMap.Default.GeneratorFor<int>()
         select (left, right, key)).ToArbitrary();

    [Fact]
    public void Text_and_bytes_can_be_read_back() => Laws.Hold<ulong, ulong>((high, low) =>
    {
        var id = new EventId(high, low);
        Span<byte> bytes = stackalloc byte[EventId.Size];
        id.WriteTo(bytes);
        return EventId.FromBytes(bytes) == id && EventId.TryParse(id.ToString(), out var read) && read == id
            && Convert.ToHexStringLower(bytes) == id.ToString();
    });

    [Theory]
    [InlineData("")]
    [InlineData("0123456789abcdef0123456789abcde")]
    [InlineData("0123456789abcdef0123456789abcdefa")]
    [InlineData("0123456789abcdef0123456789abcdeg")]
    public void Text_that_is_no_identity_is_refused(string text) => EventId.TryParse(text, out _).ShouldBeFalse();

    [Fact]
    public void Bytes_and_text_sort_by_time() => Laws.Hold(Times, given =>
    {
        var (left, right) = (At(given.Left, $"a{given.Key}"), At(given.Right, $"b{given.Key}"));
        var expected = given.Left.CompareTo(given.Right);
        return left.UnixSeconds == given.Left
            && (expected == 0 || Math.Sign(string.CompareOrdinal(left.ToString(), right.ToString())) == expected);
    });

    [Fact]
    public void The_alias_does_not_depend_on_the_time() => Laws.Hold(Times, given =>
        At(given.Left, $"{given.Key}").Alias == At(given.Right, $"{given.Key}").Alias
        && At(given.Left, $"{given.Key}").Alias == EventId.AliasOf("local", "claude", $"{given.Key}"));

    [Fact]
    public void Another_organisation_family_or_key_is_another_call() => Laws.Hold<int>(key =>
    {
        var at = InventedCalls.Noon;
        EventId[] ids =
        [
            EventId.Create(at, "a", "b", $"{key}"), EventId.Create(at, "b", "a", $"{key}"), EventId.Create(at, "ab", string.Empty, $"{key}"),
            EventId.Create(at, "a", $"b{key}", string.Empty), EventId.Create(at, "a", "b", $"{key}x"),
        ];
        return ids.Select(id => id.Alias).Distinct().Count() == ids.Length && ids.Distinct().Count() == ids.Length;
    });

    private static EventId At(uint seconds, string key) => EventId.Create(DateTimeOffset.FromUnixTimeSeconds(seconds), "local", "claude", key);
}
