namespace NetGen.Tests.Serialization;

public sealed class AtomicFileTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_new_file_is_written()
    {
        AtomicFile.Write(folder["a"], stream => stream.Write("new"u8));
        Assert.Equal("new", File.ReadAllText(folder["a"]));
        AssertOnly("a");
    }

    [Fact]
    public void A_shorter_content_replaces_a_longer_one()
    {
        File.WriteAllText(folder["a"], "the old content");
        AtomicFile.Write(folder["a"], stream => stream.Write("new"u8));
        Assert.Equal("new", File.ReadAllText(folder["a"]));
        AssertOnly("a");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(100_000)]
    public void A_disk_that_gets_full_leaves_the_old_file(int bytesBefore)
    {
        File.WriteAllText(folder["a"], "old");
        var exception = Assert.Throws<IOException>(() => AtomicFile.Write(folder["a"], stream =>
            SafetensorsWriter.Write(new FullDisk(stream, bytesBefore), new MemoryStore().Add("x", [100_000], new float[100_000]))));
        Assert.Equal("No space left on device", exception.Message);
        Assert.Equal("old", File.ReadAllText(folder["a"]));
        AssertOnly("a");
    }

    [Fact]
    public void The_device_that_is_always_full_leaves_the_old_file()
    {
        if (!File.Exists("/dev/full")) Assert.Skip("There is no /dev/full on this system.");
        File.WriteAllText(folder["a"], "old");
        Assert.Throws<IOException>(() => AtomicFile.Write(folder["a"], stream =>
        {
            stream.Write("new"u8);
            using FileStream full = File.OpenWrite("/dev/full");
            full.Write("new"u8);
            full.Flush(flushToDisk: true);
        }));
        Assert.Equal("old", File.ReadAllText(folder["a"]));
        AssertOnly("a");
    }

    [Fact]
    public void A_folder_that_is_not_there_is_named()
    {
        var exception = Assert.Throws<DirectoryNotFoundException>(() => AtomicFile.Write(folder[Path.Combine("no", "a")], _ => Assert.Fail("Nothing is to be written.")));
        Assert.Contains(folder["no"], exception.Message);
    }

    [Fact]
    public void A_folder_in_the_file_s_place_stays()
    {
        Directory.CreateDirectory(folder["a"]);
        Assert.ThrowsAny<Exception>(() => AtomicFile.Write(folder["a"], stream => stream.Write("new"u8)));
        Assert.True(Directory.Exists(folder["a"]));
        AssertOnly("a");
    }

    /// <summary>A rename would put a file in its place, and a FIFO that is opened waits for a reader.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void What_is_no_file_is_refused_and_named(bool throughLink)
    {
        if (!OperatingSystem.IsLinux())
        {
            Assert.Skip("FIFOs are told from files on Linux.");
            return;
        }

        using (System.Diagnostics.Process make = System.Diagnostics.Process.Start("mkfifo", [folder["pipe"]])) make.WaitForExit();
        Assert.True(File.Exists(folder["pipe"]));
        if (throughLink) File.CreateSymbolicLink(folder["link"], folder["pipe"]);
        string path = folder[throughLink ? "link" : "pipe"];
        IOException exception = Assert.Throws<IOException>(() => AtomicFile.Write(path, _ => Assert.Fail("Nothing is to be written.")));
        Assert.Contains(path, exception.Message);
        Assert.Contains("a FIFO", exception.Message);
        using (System.Diagnostics.Process test = System.Diagnostics.Process.Start("test", ["-p", folder["pipe"]]))
        {
            test.WaitForExit();
            Assert.Equal(0, test.ExitCode);
        }
    }

    [Fact]
    public void A_failure_names_the_file_and_not_its_stand_in()
    {
        IOException full = Assert.Throws<IOException>(() => AtomicFile.Write(folder["a"], stream => throw new IOException($"No space left on device : '{((FileStream)stream).Name}'") { HResult = 28 }));
        Assert.Equal($"No space left on device : '{folder["a"]}'", full.Message);
        Assert.Equal(28, full.HResult);
        UnauthorizedAccessException denied = Assert.Throws<UnauthorizedAccessException>(() => AtomicFile.Write(folder["a"], stream => throw new UnauthorizedAccessException(((FileStream)stream).Name)));
        Assert.Equal(folder["a"], denied.Message);
        AssertOnly();
    }

    [Fact]
    public void A_symbolic_link_is_followed_and_the_mode_is_kept()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Links and modes are those of Unix.");
            return;
        }

        File.WriteAllText(folder["a"], "old");
        File.SetUnixFileMode(folder["a"], UnixFileMode.UserRead | UnixFileMode.UserWrite);
        File.CreateSymbolicLink(folder["link"], folder["a"]);
        AtomicFile.Write(folder["link"], stream => stream.Write("new"u8));
        Assert.Equal("new", File.ReadAllText(folder["a"]));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(folder["a"]));
        Assert.Equal(folder["a"], File.ResolveLinkTarget(folder["link"], returnFinalTarget: true)!.FullName);
        AssertOnly("a", "link");
    }

    [Fact]
    public void Several_threads_leave_one_whole_content()
    {
        Parallel.For(0, 16, i => AtomicFile.Write(folder["a"], stream =>
        {
            for (int k = 0; k < 1000; k++) stream.WriteByte((byte)i);
        }));
        byte[] content = File.ReadAllBytes(folder["a"]);
        Assert.Equal(Enumerable.Repeat(content[0], 1000), content);
        AssertOnly("a");
    }

    [Fact]
    public void What_a_killed_process_left_is_removed_and_what_a_living_one_holds_stays()
    {
        string abandoned = folder["a.4711-1.tmp"];
        string recent = folder["a.4711-2.tmp"];
        string held = folder["a.4711-3.tmp"];
        string foreign = folder["b.4711-1.tmp"];
        foreach (string file in new[] { abandoned, recent, held, foreign }) File.WriteAllText(file, "part");
        foreach (string file in new[] { abandoned, held, foreign }) File.SetLastWriteTimeUtc(file, DateTime.UtcNow.AddHours(-1));
        using (new FileStream(held, FileMode.Open, FileAccess.ReadWrite, FileShare.None))
        {
            AtomicFile.Write(folder["a"], stream => stream.Write("new"u8));
        }

        AssertOnly("a", "a.4711-2.tmp", "a.4711-3.tmp", "b.4711-1.tmp");
    }

    private void AssertOnly(params string[] names) =>
        Assert.Equal(names, Directory.EnumerateFileSystemEntries(folder.FullName).Select(Path.GetFileName).Order(StringComparer.Ordinal));

    /// <summary>A stream that takes so many bytes and then throws what the system throws.</summary>
    private sealed class FullDisk(Stream inner, int room) : MemoryStream
    {
        private int left = room;

        public override void Write(ReadOnlySpan<byte> buffer)
        {
            int taken = Math.Min(left, buffer.Length);
            inner.Write(buffer[..taken]);
            left -= taken;
            if (taken < buffer.Length) throw new IOException("No space left on device");
        }
    }
}
