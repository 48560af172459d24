namespace Farthing;

/// <summary>The settings are wrong; the message says where and what is expected.</summary>
internal sealed class SettingsException : Exception
{
    /// <summary>Without a story.</summary>
    public SettingsException()
    {
    }

    /// <summary>Says what is wrong.</summary>
    public SettingsException(string message)
        : base(message)
    {
    }

    /// <summary>Says what is wrong and what it came from.</summary>
    public SettingsException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
