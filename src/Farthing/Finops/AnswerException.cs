namespace Farthing.Finops;

/// <summary>What was asked for could not be answered, here or by a server; the message says why and what to do.</summary>
internal sealed class AnswerException : Exception
{
    /// <summary>Without a story.</summary>
    public AnswerException()
    {
    }

    /// <summary>Says what went wrong.</summary>
    public AnswerException(string message)
        : base(message)
    {
    }

    /// <summary>Says what went wrong and what it came from.</summary>
    public AnswerException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>Whether a server refused because of the role of the key.</summary>
    public bool IsForbidden { get; init; }
}
