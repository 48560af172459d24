using System.Globalization;

namespace Farthing;

/// <summary>How many requests a server answers in a minute; 0 is any number.</summary>
/// <param name="find">Finds the value of a setting; null when nobody said it.</param>
internal sealed class RateSettings(Func<string, string?> find)
{
    private const string IngestName = "FARTHING_INGEST_PER_MINUTE";
    private const string ReadsName = "FARTHING_READS_PER_MINUTE";
    private const string WrongKeysName = "FARTHING_WRONG_KEYS_PER_MINUTE";
    private const int RateMax = 1_000_000;

    /// <summary>Every name that is known.</summary>
    public static IReadOnlyList<string> Names { get; } = [IngestName, ReadsName, WrongKeysName];

    /// <summary>Reports of sessions of a key; null when nobody said it.</summary>
    /// <exception cref="SettingsException">It is no such number.</exception>
    public int? Ingest => Read(IngestName, 0);

    /// <summary>Questions of a key.</summary>
    /// <exception cref="SettingsException">It is no such number.</exception>
    public int? Reads => Read(ReadsName, 0);

    /// <summary>Wrong keys of an address, at least one: without a limit keys could be guessed.</summary>
    /// <exception cref="SettingsException">It is no such number.</exception>
    public int? WrongKeys => Read(WrongKeysName, 1);

    private int? Read(string name, int min) => find(name) is not { } text
        ? null
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var rate) && rate >= min && rate <= RateMax
            ? rate
            : throw new SettingsException($"{name} must be a whole number from {min} to {RateMax}; it is '{text}'.");
}
