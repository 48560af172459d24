using System.Globalization;
using Farthing.Testing;

namespace Farthing.Web.Tests.Access;

/// <summary>One line of <c>matrix.txt</c>, which says what it means.</summary>
/// <param name="Method">GET, POST …</param>
/// <param name="Path">The route's pattern.</param>
/// <param name="ObjectKind">What stands for <c>{id}</c>; null for nothing.</param>
/// <param name="Body">The body; null for none.</param>
/// <param name="Nobody">What everybody without a usable key is answered.</param>
/// <param name="Roles">What the roles are answered, in the order of the columns, each for one owner or for all four.</param>
internal sealed record MatrixLine(string Method, string Path, string? ObjectKind, string? Body, int Nobody, IReadOnlyList<int[]> Roles)
{
    private const string File = "tests/Farthing.Web.Tests/Access/matrix.txt";
    private const int RolesCount = 8;

    /// <summary>The endpoint as the server's list names it.</summary>
    public string Endpoint => $"{Method} {Path}";

    /// <summary>All lines.</summary>
    public static IReadOnlyList<MatrixLine> ReadAll() =>
        [.. System.IO.File.ReadLines(Repository.PathOf(File)).Where(static line => line.Length > 0 && line[0] != '#').Select(Parse)];

    private static MatrixLine Parse(string line)
    {
        var parts = line.Split('|', StringSplitOptions.TrimEntries);
        parts.Length.ShouldBe(5, line);
        var endpoint = parts[0].Split(' ');
        var roles = parts[4].Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(static cell => cell.Split('/').Select(Number).ToArray()).ToArray();
        roles.Length.ShouldBe(RolesCount, line);
        return new(endpoint[0], endpoint[1], TextOrNull(parts[1]), TextOrNull(parts[2]), Number(parts[3]), roles);
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    private static string? TextOrNull(string text) => text == "-" ? null : text;
}
