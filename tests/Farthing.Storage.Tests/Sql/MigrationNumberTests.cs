using System.Globalization;

namespace Farthing.Storage.Tests.Sql;

/// <summary>A migration is found by its number: of two that share one, only one would ever run.</summary>
public sealed class MigrationNumberTests
{
    [Theory]
    [InlineData("sqlite/")]
    [InlineData("postgres/")]
    public void Migrations_are_numbered_from_one_without_gap_or_double(string folder)
    {
        var numbers = typeof(SqliteStore).Assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(folder, StringComparison.Ordinal))
            .Select(name => int.Parse(name.AsSpan(folder.Length, 4), NumberStyles.None, CultureInfo.InvariantCulture))
            .Order()
            .ToList();

        numbers.ShouldNotBeEmpty();
        numbers.ShouldBe(Enumerable.Range(1, numbers.Count));
    }
}
