using System.Globalization;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using System.Text;
using Farthing.Storage.Files;
using Farthing.Workflows.Metering;

namespace Farthing.Storage.Tests.Files;

public sealed class LogFilesTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("farthing-logs-");
    private readonly List<string> complaints = [];

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public void Logs_are_listed_in_ordinal_order_of_their_paths()
    {
        foreach (var name in (string[])["b/1.jsonl", "a.jsonl", "a/x.jsonl", "a-b.jsonl", "a/b/c.jsonl", "Ü/ü.jsonl", "B.jsonl", "a/skip.txt"])
        {
            Write(name, "{}");
        }

        var paths = List().Select(file => file.Path).ToList();

        paths.ShouldBe(paths.Order(StringComparer.Ordinal));
        paths.Select(path => Path.GetRelativePath(folder.FullName, path)).ShouldBe(
            ["B.jsonl", "a-b.jsonl", "a.jsonl", "a/b/c.jsonl", "a/x.jsonl", "b/1.jsonl", "Ü/ü.jsonl"], ignoreOrder: true);
    }

    [Fact]
    public void A_log_tells_its_size_its_inode_and_its_last_change()
    {
        var path = Write("a.jsonl", "12345");
        var at = new DateTime(2026, 3, 4, 5, 6, 7, DateTimeKind.Utc).AddTicks(1_234_567);
        File.SetLastWriteTimeUtc(path, at);

        var file = List().ShouldHaveSingleItem();

        file.Size.ShouldBe(5);
        file.ModifiedAt.ShouldBe((at - DateTime.UnixEpoch).Ticks * 100);
        if (OperatingSystem.IsLinux())
        {
            File.Move(path, path + ".old");
            Write("a.jsonl", "12345");
            List().ShouldHaveSingleItem().Inode.ShouldNotBe(file.Inode);
        }
    }

    [Fact]
    public void A_missing_folder_is_empty_and_nothing_to_complain_about()
    {
        new LogFiles().List(new(Path.Combine(folder.FullName, "none"), [".jsonl"], LogShape.Lines), Complain).ShouldBeEmpty();

        complaints.ShouldBeEmpty();
    }

    [Fact]
    public void Subfolders_are_left_out_when_the_root_is_flat()
    {
        Write("a.jsonl", "{}");
        Write("sub/b.jsonl", "{}");

        new LogFiles().List(Root with { Recursive = false }, Complain).ShouldHaveSingleItem().Path.ShouldEndWith("/a.jsonl");
    }

    [Fact]
    public void A_file_that_the_user_names_is_listed_whatever_its_ending()
    {
        var path = Write("session.log", "{}");

        new LogFiles().List(Root with { Folder = path }, Complain).ShouldHaveSingleItem().Path.ShouldBe(path);
    }

    [Fact]
    public void Links_are_followed_out_of_the_tree_once_and_never_in_a_circle()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Links to folders are followed on Linux only.");
        var outside = Directory.CreateTempSubdirectory("farthing-linked-");
        File.WriteAllText(Path.Combine(outside.FullName, "out.jsonl"), "{}");
        Write("a/in.jsonl", "{}");
        Directory.CreateSymbolicLink(Path.Combine(folder.FullName, "a/up"), folder.FullName);
        Directory.CreateSymbolicLink(Path.Combine(folder.FullName, "same"), Path.Combine(folder.FullName, "a"));
        Directory.CreateSymbolicLink(Path.Combine(folder.FullName, "one"), outside.FullName);
        Directory.CreateSymbolicLink(Path.Combine(folder.FullName, "two"), outside.FullName);
        Directory.CreateSymbolicLink(Path.Combine(outside.FullName, "back"), folder.FullName);
        File.CreateSymbolicLink(Path.Combine(folder.FullName, "dangling.jsonl"), "/nowhere/at/all");

        var names = List().Select(file => Path.GetRelativePath(folder.FullName, file.Path)).ToList();

        names.Count.ShouldBe(2);
        names.ShouldContain("a/in.jsonl");
        names.ShouldContain(name => name == "one/out.jsonl" || name == "two/out.jsonl");
        outside.Delete(recursive: true);
    }

    [Fact]
    public void A_pipe_that_bears_a_logs_name_is_reported_and_not_listed()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Pipes are made with the C library here.");
        MakePipe(Encoding.UTF8.GetBytes(Path.Combine(folder.FullName, "pipe.jsonl") + '\0'), 0x180).ShouldBe(0);

        List().ShouldBeEmpty();

        complaints.ShouldHaveSingleItem().ShouldContain("not a regular file");
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public void A_folder_that_may_not_be_read_is_skipped_and_reported()
    {
        Write("open/a.jsonl", "{}");
        Write("shut/b.jsonl", "{}");
        var shut = Path.Combine(folder.FullName, "shut");
        File.SetUnixFileMode(shut, UnixFileMode.None);

        var names = List().Select(file => Path.GetFileName(file.Path));

        // Modes do not bind root, who sees both files and has nothing to complain about.
        names.ShouldBe(Environment.IsPrivilegedProcess ? ["a.jsonl", "b.jsonl"] : ["a.jsonl"]);
        complaints.Count(complaint => complaint.Contains(shut, StringComparison.Ordinal)).ShouldBe(Environment.IsPrivilegedProcess ? 0 : 1);
        File.SetUnixFileMode(shut, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    [Fact]
    public void The_portable_search_finds_the_same_files()
    {
        foreach (var name in (string[])["b/1.jsonl", "a.jsonl", "a/x.jsonl", "a-b.jsonl", "a/b/c.jsonl", "skip.txt"])
        {
            Write(name, name);
        }

        var portable = new LogList(Root, Complain);
        PortableTree.Search(folder.FullName, portable);

        portable.ToFiles().Select(file => (file.Path, file.Size, file.ModifiedAt / 100))
            .ShouldBe(List().Select(file => (file.Path, file.Size, file.ModifiedAt / 100)));
    }

    [Fact]
    public void A_stream_can_be_moved_and_ends_where_the_file_does()
    {
        Write("a.jsonl", "0123456789");
        var file = List().ShouldHaveSingleItem();

        using var stream = new LogFiles().Open(Root, file);
        stream.Position = 4;
        File.AppendAllText(file.Path, "ab");
        using var reader = new StreamReader(stream);

        reader.ReadToEnd().ShouldBe("456789ab");
    }

    [Fact]
    public void A_file_that_has_disappeared_is_an_input_failure()
    {
        var path = Write("a.jsonl", "{}");
        var file = List().ShouldHaveSingleItem();
        File.Delete(path);

        Should.Throw<IOException>(() => new LogFiles().Open(Root, file));
    }

    private LogRoot Root => new(folder.FullName, [".jsonl"], LogShape.Lines);

    [DllImport("libc", EntryPoint = "mkfifo")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int MakePipe(byte[] path, uint mode);

    private IReadOnlyList<LogFile> List() => new LogFiles().List(Root, Complain);

    private void Complain(string path, string reason) => complaints.Add(string.Create(CultureInfo.InvariantCulture, $"{path}: {reason}"));

    private string Write(string name, string content)
    {
        var path = Path.Combine(folder.FullName, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, content);
        return path;
    }
}
