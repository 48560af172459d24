namespace Farthing.Storage;

/// <summary>A store or a foreign database cannot be used: it is locked, damaged, of another program, or may not be written.</summary>
#pragma warning disable RCS1194 // The fourth constructor would take an HRESULT, which means nothing here.
public sealed class StorageFailedException : IOException
#pragma warning restore RCS1194
{
    /// <summary>Without a reason; for serialisers.</summary>
    public StorageFailedException()
    {
    }

    /// <summary>Says which file is meant, what is wrong and what to do.</summary>
    public StorageFailedException(string message)
        : base(message)
    {
    }

    /// <summary>Says which file is meant, what is wrong and what to do.</summary>
    public StorageFailedException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
