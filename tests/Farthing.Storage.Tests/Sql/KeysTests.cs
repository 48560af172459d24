using Farthing.Storage.Sql;
using FsCheck;
using FsCheck.Fluent;

namespace Farthing.Storage.Tests.Sql;

public sealed class KeysTests
{
    private static readonly Config Seeded = Config.QuickThrowOnFailure.WithReplay(7_417, 9).WithMaxTest(300);

    private static readonly Arbitrary<ulong[]> Keys =
        Gen.OneOf(ArbMap.Default.GeneratorFor<ulong>(), Gen.Choose(0, 40).Select(small => (ulong)small)).NonEmptyListOf().Select(keys => keys.ToArray()).Resize(600).ToArbitrary();

    [Fact]
    public void Keys_are_numbered_in_order_of_arrival_each_once() =>
        Prop.ForAll(Keys, keys =>
        {
            var table = new KeyTable();
            var numbers = keys.Select(table.Add).ToList();

            var distinct = keys.Distinct().ToList();
            table.Count.ShouldBe(distinct.Count);
            table.Keys.ToArray().ShouldBe(distinct);
            numbers.ShouldBe(keys.Select(key => distinct.IndexOf(key)));
            table.Clear();
            table.Count.ShouldBe(0);
            keys.AsEnumerable().Reverse().Select(table.Add).Max().ShouldBe(distinct.Count - 1);
        }).Check(Seeded);

    [Fact]
    public void Items_are_sorted_by_key_and_equals_keep_their_order() =>
        Prop.ForAll(Keys, keys =>
        {
            var order = new KeyOrder();
            for (var round = 0; round < 2; round++)
            {
                order.Clear(keys.Length);
                for (var index = 0; index < keys.Length; index++)
                {
                    order.Add(keys[index], index);
                }

                order.Sort();

                order.Items.ToArray().ShouldBe(Enumerable.Range(0, keys.Length).OrderBy(index => keys[index]));
            }
        }).Check(Seeded);

    [Fact]
    public void Texts_are_in_ordinal_order() =>
        Prop.ForAll(ArbMap.Default.ArbFor<string?>(), ArbMap.Default.ArbFor<string?>(), (left, right) =>
            Math.Sign(OrdinalText.CompareTexts(left ?? string.Empty, right ?? string.Empty))
                .ShouldBe(Math.Sign(string.CompareOrdinal(left ?? string.Empty, right ?? string.Empty)))).Check(Seeded);
}
