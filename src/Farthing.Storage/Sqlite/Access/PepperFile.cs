using System.Security.Cryptography;
using Farthing.Workflows.Access;

namespace Farthing.Storage.Sqlite.Access;

/// <summary>
/// The pepper of the embedded store's keys: a file beside the database, for its owner's eyes only. Whoever takes the
/// database without it cannot even begin to guess keys; whoever loses it makes all keys anew.
/// </summary>
public static class PepperFile
{
    private const string FileName = "keys.pepper";

    /// <summary>Reads the pepper of a data folder; makes it when there is none yet.</summary>
    /// <param name="folder">The data folder; it exists.</param>
    /// <exception cref="StorageFailedException">It cannot be read or made, or is too short.</exception>
    public static KeyPepper ReadOrCreate(string folder)
    {
        var path = Path.Combine(folder, FileName);
        try
        {
            CreateIfMissing(path);
            var secret = File.ReadAllBytes(path);
            return secret.Length >= KeyPepper.BytesMin
                ? new(secret)
                : throw new StorageFailedException($"{path} is damaged: it must hold at least {KeyPepper.BytesMin} bytes. Restore it, or delete it and make all keys anew.");
        }
        catch (Exception failure) when (failure is UnauthorizedAccessException or IOException and not StorageFailedException)
        {
            throw new StorageFailedException($"{path} cannot be used: {failure.Message}", failure);
        }
    }

    /// <summary>Written aside and moved into place, so that two processes that start together agree on one of the two.</summary>
    private static void CreateIfMissing(string path)
    {
        if (File.Exists(path))
        {
            return;
        }

        var draft = $"{path}.{Guid.NewGuid():N}";
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using (var stream = new FileStream(draft, options))
        {
            stream.Write(RandomNumberGenerator.GetBytes(KeyPepper.BytesMin));
            stream.Flush(flushToDisk: true);
        }

        try
        {
            File.Move(draft, path, overwrite: false);
        }
        catch (IOException) when (File.Exists(path))
        {
            File.Delete(draft);
        }
    }
}
