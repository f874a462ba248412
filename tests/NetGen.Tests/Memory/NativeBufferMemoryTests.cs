namespace NetGen.Tests;

/// <summary>The memory that the process gives to buffers, so nothing else may take some meanwhile.</summary>
[Collection(AloneCollection.Name)]
public sealed class NativeBufferMemoryTests
{
    [Fact]
    public void Buffers_that_nobody_holds_give_their_memory_back()
    {
        const int Count = 160, Length = 4 << 20;

        // The runtime lets a third of the managed heap pass before memory outside of it makes it collect, and waits after a long collection: what other tests left there must not count.
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        long before = Environment.WorkingSet, most = 0;
        for (int i = 0; i < Count; i++)
        {
            Touch(new NativeBuffer(Length));
            most = Math.Max(most, Environment.WorkingSet - before);
        }
        Assert.InRange(most, 0, (long)Count * Length * sizeof(float) / 2);
    }

    /// <summary>Also where buffers of the size were freed before, whose memory an allocator would take again.</summary>
    [Fact]
    public void What_nobody_wrote_to_takes_no_memory()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Elsewhere large buffers are cleared.");
        const int Length = 4 << 20, Count = 64;
        var freed = new NativeBuffer(Length);
        freed.Slice(0, Length).Fill(1f);
        freed.Free();
        long before = Environment.WorkingSet;
        NativeBuffer[] buffers = [.. Enumerable.Range(0, Count).Select(_ => new NativeBuffer(Length))];
        Assert.InRange(Environment.WorkingSet - before, long.MinValue, (long)Count * Length * sizeof(float) / 2);
        Assert.All(buffers, buffer => Assert.False(buffer.Slice(Length - 1000, 1000).ContainsAnyExcept(0f)));
        foreach (NativeBuffer buffer in buffers) buffer.Free();
    }

    private static void Touch(NativeBuffer buffer)
    {
        buffer.Slice(0, (int)buffer.Length).Fill(1f);
        GC.KeepAlive(buffer);
    }
}
