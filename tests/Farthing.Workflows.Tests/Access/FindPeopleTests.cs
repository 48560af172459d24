using Farthing.Workflows.Access;

namespace Farthing.Workflows.Tests.Access;

/// <summary>People who are found by a part of their name.</summary>
public sealed class FindPeopleTests
{
    private static readonly Scope All = new("local", ScopeReach.Org, string.Empty);

    [Theory]
    [InlineData("", "1 2")]
    [InlineData("ADA", "1")]
    [InlineData("ÉMILIE", "3")]
    [InlineData("example.org", "1 2")]
    [InlineData("countess", "1")]
    [InlineData("%", "")]
    public async Task A_part_of_a_name_or_address_finds_them(string text, string found) => (await FindAsync(text, string.Empty)).ShouldBe(found);

    [Fact]
    public async Task The_next_part_goes_on_behind_the_last() => (await FindAsync("example.org", "2")).ShouldBe("3 4");

    private static async Task<string> FindAsync(string text, string after)
    {
        var people = new FindPeople(new KnownEngineers());
        var found = await people.FindAsync(new() { Within = All, Text = text, Page = new(2, after) }, TestContext.Current.CancellationToken);
        return string.Join(' ', found.Select(static engineer => engineer.Id));
    }

    /// <summary>Four engineers, to be listed and nothing else.</summary>
    private sealed class KnownEngineers : IEngineers
    {
        private static readonly IReadOnlyList<Engineer> Known =
        [
            Person("1", "Ada Lovelace") with { DisplayName = "The Countess" }, Person("2", "Grace Hopper"), Person("3", "Émilie du Châtelet"), Person("4", "Mary Somerville"),
        ];

        public Task<IReadOnlyList<Engineer>> ListAsync(Scope scope, Page page, CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<Engineer>>(
            [.. Known.Where(engineer => string.CompareOrdinal(engineer.Id, page.After) > 0).Take(page.Limit)]);

        public Task<Result<Engineer>> AddAsync(Engineer engineer, StoredKey key, AuditStamp stamp, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<Engineer?> FindAsync(string org, string id, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<Result<Engineer>> ChangeAsync(string org, string id, Func<Engineer, Engineer> change, AuditStamp stamp, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<Result<Engineer>> ReplaceKeysAsync(StoredKey key, AuditStamp stamp, CancellationToken cancellationToken) => throw new NotSupportedException();

        private static Engineer Person(string id, string name) => new() { Org = "local", Id = id, Name = name, Email = $"{id}@example.org", CreatedAt = DateTimeOffset.UnixEpoch };
    }
}
