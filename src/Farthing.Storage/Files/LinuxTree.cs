using System.Runtime.InteropServices;
using System.Text;
using Farthing.Storage.Sql;
using Farthing.Workflows.Metering;

namespace Farthing.Storage.Files;

/// <summary>
/// Searches a tree with the calls of the C library: one look at each file, relative to its open folder. Half the time of
/// the portable search, which asks for every path anew, and a report with nothing new spends a quarter of its time here.
/// </summary>
internal sealed unsafe partial class LinuxTree(LogList logs)
{
    private const string Library = "libc";
    private const int CurrentFolder = -100;
    private const uint Wanted = 0x1 | 0x40 | 0x100 | 0x200;
    private const int TypeMask = 0xF000;
    private const int FolderType = 0x4000;
    private const int FileType = 0x8000;
    private const byte EntryFolder = 4;
    private const byte EntryFile = 8;
    private const int NoSuchFile = 2;
    private const int NoFolder = 20;

    /// <summary>Deeper than any agent's folders; a tree of links may be endless.</summary>
    private const int DepthMax = 64;

    private const int NameStackMax = 1_024;
    private const long NanosecondsPerSecond = 1_000_000_000;

    /// <summary>Where links have led to: searched once.</summary>
    private readonly HashSet<string> linked = new(StringComparer.Ordinal);
    private string root = string.Empty;

    /// <summary>Whether the structures below are those of this machine.</summary>
    public static bool IsSupported => OperatingSystem.IsLinux() && sizeof(nint) == sizeof(long);

    /// <summary>Adds the logs below a folder in ordinal order of their paths; a folder that is a file is added itself.</summary>
    public void Search(string folder)
    {
        if (!Look(CurrentFolder, folder, out var facts))
        {
            return;
        }

        if ((facts.Mode & TypeMask) == FileType)
        {
            Add(CurrentFolder, folder, folder);
            return;
        }

        root = RealPath(folder);
        Search(folder.TrimEnd('/') + '/', 0);
    }

    /// <summary>Adds the logs below a folder, whose path ends with a slash.</summary>
    private void Search(string folder, int depth)
    {
        var handle = Open(folder, out var error);
        if (handle == 0)
        {
            if (error is not (NoSuchFile or NoFolder))
            {
                logs.Report(folder.TrimEnd('/'), Marshal.GetPInvokeErrorMessage(error));
            }

            return;
        }

        try
        {
            var descriptor = FolderDescriptor(handle);
            foreach (var name in ReadNames(handle, descriptor, folder))
            {
                if (name[^1] != '/')
                {
                    Add(descriptor, name, folder + name);
                }
                else if (depth < DepthMax)
                {
                    Search(folder + name, depth + 1);
                }
            }
        }
        finally
        {
            _ = CloseFolder(handle);
        }
    }

    /// <summary>The wanted names of a folder in order, those of subfolders with a slash at the end as in a path.</summary>
    private List<string> ReadNames(nint handle, int descriptor, string folder)
    {
        var names = new List<string>();
        for (var entry = ReadFolder(handle); entry is not null; entry = ReadFolder(handle))
        {
            var name = Encoding.UTF8.GetString(MemoryMarshal.CreateReadOnlySpanFromNullTerminated(entry->Name));
            var isFolder = entry->Type == EntryFolder;
            if (entry->Type is not (EntryFolder or EntryFile) && Look(descriptor, name, out var facts))
            {
                // A link, or a file system that does not tell.
                isFolder = (facts.Mode & TypeMask) == FolderType;
                if (isFolder && !LeadsOn(folder + name))
                {
                    continue;
                }
            }

            if (isFolder && logs.Recursive && name is not ("." or ".."))
            {
                names.Add(name + '/');
            }
            else if (!isFolder && logs.IsLog(name))
            {
                names.Add(name);
            }
        }

        names.Sort(OrdinalText.Order);
        return names;
    }

    /// <summary>Whether a path is a folder of its own, or a link to one that lies outside the tree and was not met before.</summary>
    private bool LeadsOn(string path)
    {
        var real = RealPath(path);
        return string.Equals(real, path, StringComparison.Ordinal)
            || (!(real + '/').StartsWith(root + '/', StringComparison.Ordinal) && linked.Add(real));
    }

    private void Add(int descriptor, string name, string path)
    {
        if (!Look(descriptor, name, out var facts))
        {
            return;
        }

        if ((facts.Mode & TypeMask) != FileType)
        {
            logs.Report(path, "it is not a regular file");
            return;
        }

        var (size, modified) = (facts.Size, facts.ModifiedAt);
        if (logs.WithNews && Look(descriptor, LogList.NewsOf(name), out var news))
        {
            (size, modified) = (size + news.Size, Math.Max(modified, news.ModifiedAt));
        }

        logs.Add(new LogFile(path, size, facts.Inode, modified));
    }

    private static string RealPath(string path) =>
        new DirectoryInfo(path).ResolveLinkTarget(returnFinalTarget: true)?.FullName.TrimEnd('/') ?? path.TrimEnd('/');

    private static bool Look(int descriptor, string path, out Statx facts)
    {
        var length = Encoding.UTF8.GetMaxByteCount(path.Length) + 1;
        var name = length <= NameStackMax ? stackalloc byte[NameStackMax] : new byte[length];
        name[Encoding.UTF8.GetBytes(path, name)] = 0;
        fixed (byte* text = name)
        fixed (Statx* result = &facts)
        {
            return LookAt(descriptor, text, 0, Wanted, result) == 0;
        }
    }

    private static nint Open(string folder, out int error)
    {
        fixed (byte* name = Encoding.UTF8.GetBytes(folder + '\0'))
        {
            var handle = OpenFolder(name);
            error = handle == 0 ? Marshal.GetLastSystemError() : 0;
            return handle;
        }
    }

    [LibraryImport(Library, EntryPoint = "opendir")]
    private static partial nint OpenFolder(byte* path);

    [LibraryImport(Library, EntryPoint = "readdir")]
    private static partial Entry* ReadFolder(nint folder);

    [LibraryImport(Library, EntryPoint = "dirfd")]
    private static partial int FolderDescriptor(nint folder);

    [LibraryImport(Library, EntryPoint = "closedir")]
    private static partial int CloseFolder(nint folder);

    [LibraryImport(Library, EntryPoint = "statx")]
    private static partial int LookAt(int folder, byte* path, int flags, uint mask, Statx* facts);

    /// <summary>An entry of a folder, as 64-bit C libraries lay it out.</summary>
    [StructLayout(LayoutKind.Explicit)]
    private struct Entry
    {
        [FieldOffset(18)]
        public byte Type;

        [FieldOffset(19)]
        public fixed byte Name[1];
    }

    /// <summary>What the kernel tells of a file, the same on every machine; only what is read is named.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 256)]
    private struct Statx
    {
        [FieldOffset(28)]
        public ushort Mode;

        [FieldOffset(32)]
        public long Inode;

        [FieldOffset(40)]
        public long Size;

        [FieldOffset(112)]
        public long ModifiedSeconds;

        [FieldOffset(120)]
        public uint ModifiedNanoseconds;

        /// <summary>In nanoseconds since 1970.</summary>
        public readonly long ModifiedAt => (ModifiedSeconds * NanosecondsPerSecond) + ModifiedNanoseconds;
    }
}
