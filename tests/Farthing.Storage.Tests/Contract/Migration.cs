namespace Farthing.Storage.Tests.Contract;

/// <summary>The text of a migration, whatever its number.</summary>
internal static class Migration
{
    public static string Read(string folder, string name)
    {
        var assembly = typeof(SqliteStore).Assembly;
        var resource = assembly.GetManifestResourceNames().Single(resource =>
            resource.StartsWith(folder, StringComparison.Ordinal) && resource.Contains(name, StringComparison.Ordinal));
        using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
        return reader.ReadToEnd();
    }
}
