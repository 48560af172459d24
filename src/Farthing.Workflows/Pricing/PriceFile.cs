namespace Farthing.Workflows.Pricing;

/// <summary>Takes an operator's file of prices from disk.</summary>
internal static class PriceFile
{
    /// <summary>Loads it whole.</summary>
    /// <param name="path">The file.</param>
    /// <param name="bytesMax">A larger one is refused unread.</param>
    /// <returns>What it holds, or why it cannot be read.</returns>
    public static (byte[]? Json, string? Refusal) Load(string path, int bytesMax)
    {
        try
        {
            var size = new FileInfo(path).Length;
            return size > bytesMax ? (null, $"it has {size} bytes, more than {bytesMax}") : (File.ReadAllBytes(path), null);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return (null, failure.Message);
        }
    }
}
