namespace NetGen.Tests;

/// <summary>The memory that the process gives to buffers, so nothing else may take some meanwhile.</summary>
[Collection(AloneCollection.Name)]
public sealed class NativeBufferMemoryTests
{
    [Fact]
    public void Buffers_that_nobody_holds_give_their_memory_back()
    {
        const int Count = 160, Length = 4 << 20;
        long before = Environment.WorkingSet, taken = 0, most = 0;

        // When the runtime first collects for memory outside of its heap hangs on what other tests left there and on how long its last collection took: it must, before four times as many buffers.
        bool hasCollected = false;
        for (int i = 0; i < 4 * Count && !hasCollected; i++)
        {
            Touch(new NativeBuffer(Length));
            long now = Environment.WorkingSet - before;
            hasCollected = now <= taken - (Length * sizeof(float));
            taken = Math.Max(taken, now);
        }

        Assert.True(hasCollected, $"{taken} bytes were taken, and none given back.");
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
