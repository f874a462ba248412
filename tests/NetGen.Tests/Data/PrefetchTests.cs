using CsCheck;

namespace NetGen.Tests.Data;

public sealed class PrefetchTests
{
    [Fact]
    public void The_batches_are_those_of_the_source() =>
        Gen.Select(Gen.Int[1, 60], Gen.Int[1, 20], Gen.Int[1, 5], Gen.Bool).Sample((count, batchSize, ahead, drop) =>
        {
            Dataset data = Reading.Counting(count);
            Assert.Equal(Reading.Inputs(data, batchSize, 3, 2, drop), Reading.Inputs(data.Prefetch(ahead), batchSize, 3, 2, drop));
        });

    [Fact]
    public void The_descriptions_are_those_of_the_source()
    {
        IDataSource source = Reading.Counting(3).Prefetch();
        Assert.Equal((3L, "input", "target", false), (source.SampleCount, source.Inputs[0].Name, source.Targets[0].Name, source.HasSampleWeights));
    }

    [Fact]
    public void An_exception_comes_after_the_batches_before_it_and_stays()
    {
        int filled = 0;
        var source = new FakeSource
        {
            Fill = batch => filled++ < 3 ? (batch.Count = 1) == 1 : throw new InvalidDataException("The fourth batch is bad."),
        };
        IDataSource ahead = source.Prefetch(2);
        var own = new Batch(ahead, 1);
        using BatchReader reader = ahead.CreateReader(1);
        for (int i = 0; i < 3; i++) Assert.True(reader.TryRead(own));
        for (int i = 0; i < 2; i++) Assert.Equal("The fourth batch is bad.", Assert.Throws<InvalidDataException>(() => reader.TryRead(own)).Message);
    }

    [Fact]
    public void A_map_that_throws_surfaces_at_the_reader()
    {
        IDataSource source = Reading.Counting(10).Map((sample, _, _) => throw new FormatException($"sample {sample.Index}")).Prefetch();
        using BatchReader reader = source.CreateReader(4);
        Assert.Equal("sample 0", Assert.Throws<FormatException>(() => reader.TryRead(new Batch(source, 4))).Message);
    }

    [Fact]
    public void Disposing_in_mid_epoch_ends_the_thread_and_the_source()
    {
        Thread? thread = null;
        var source = new FakeSource
        {
            Fill = batch =>
            {
                thread = Thread.CurrentThread;
                batch.Count = 1;
                return true;
            },
        };
        IDataSource ahead = source.Prefetch(3);
        BatchReader reader = ahead.CreateReader(1);
        Assert.True(reader.TryRead(new Batch(ahead, 1)));
        reader.Dispose();
        reader.Dispose();
        Assert.NotEqual(Thread.CurrentThread, thread);
        Assert.False(thread!.IsAlive);
        Assert.True(source.ReaderDisposed);
        Assert.Throws<ObjectDisposedException>(() => reader.TryRead(new Batch(ahead, 1)));
    }

    [Fact]
    public void Disposing_before_the_first_batch_ends_the_thread()
    {
        for (int i = 0; i < 50; i++)
        {
            Thread? thread = null;
            FakeSource source = new()
            {
                Fill = batch =>
                {
                    thread = Thread.CurrentThread;
                    batch.Count = 1;
                    return true;
                },
            };
            source.Prefetch(2).CreateReader(1).Dispose();
            Assert.True(source.ReaderDisposed);
            Assert.False(thread is { IsAlive: true });
        }
    }

    [Fact]
    public void A_thread_that_waits_for_a_batch_ends_when_the_reader_is_disposed()
    {
        using var release = new ManualResetEventSlim();
        using var entered = new ManualResetEventSlim();
        var source = new FakeSource
        {
            Fill = _ =>
            {
                entered.Set();
                release.Wait();
                return false;
            },
        };
        IDataSource ahead = source.Prefetch(1);
        BatchReader reader = ahead.CreateReader(1);
        bool? read = null;
        Exception? exception = null;
        var waiting = new Thread(() => exception = Record.Exception(() => { read = reader.TryRead(new Batch(ahead, 1)); }));
        waiting.Start();
        entered.Wait();
        var disposing = new Thread(reader.Dispose);
        disposing.Start();
        release.Set();
        Assert.True(waiting.Join(TimeSpan.FromMinutes(1)));
        Assert.True(disposing.Join(TimeSpan.FromMinutes(1)));
        Assert.True(exception is ObjectDisposedException || read == false);
    }

    [Fact]
    public void It_reads_no_further_ahead_than_asked()
    {
        int filled = 0;
        using var full = new SemaphoreSlim(0);
        var source = new FakeSource
        {
            Fill = batch =>
            {
                batch.Count = 1;
                if (Interlocked.Increment(ref filled) == 3) full.Release();
                return true;
            },
        };
        using BatchReader reader = source.Prefetch(3).CreateReader(1);
        Assert.True(full.Wait(TimeSpan.FromMinutes(1)));
        Thread.Sleep(20);
        Assert.Equal(3, Volatile.Read(ref filled));
    }

    [Fact]
    public void The_reading_thread_allocates_nothing_per_batch()
    {
        IDataSource source = Reading.Counting(1000).Prefetch();
        var batch = new Batch(source, 10);
        BatchReader? reader = null;
        long bytes = Allocations.Of(
            () =>
            {
                reader?.Dispose();
                reader = source.CreateReader(10);
                for (int i = 0; i < 10; i++) Assert.True(reader.TryRead(batch));
            },
            () =>
            {
                while (reader!.TryRead(batch))
                {
                }
            });
        reader!.Dispose();

        // A first contended wait may allocate its monitor; a batch of 90 may not.
        Assert.InRange(bytes, 0, 1000);
    }

    [Fact]
    public void A_batch_of_another_capacity_is_refused()
    {
        IDataSource source = Reading.Counting(10).Prefetch();
        using BatchReader reader = source.CreateReader(4);
        Assert.Contains("capacity 4", Assert.Throws<ArgumentException>(() => reader.TryRead(new Batch(source, 5))).Message);
    }

    [Fact]
    public void Reading_ahead_of_nothing_is_refused() => Assert.Throws<ArgumentOutOfRangeException>(() => Reading.Counting(1).Prefetch(0));
}
