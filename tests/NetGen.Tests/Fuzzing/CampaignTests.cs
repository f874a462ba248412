namespace NetGen.Tests.Fuzzing;

/// <summary>The campaign finds what it is there to find.</summary>
[Collection(AloneCollection.Name)]
public sealed class CampaignTests
{
    [Fact]
    public void A_reader_within_its_bounds_has_no_defect() => Assert.Empty(Run(_ => { }));

    [Fact]
    public void Another_exception_is_a_defect() => Assert.Contains("InvalidOperationException", Run(_ => throw new InvalidOperationException()));

    [Fact]
    public void Memory_of_the_reading_thread_is_bounded() => Assert.Contains("bytes are allocated", Run(_ => Allocate()));

    [Fact]
    public void Memory_of_other_threads_is_bounded() => Assert.Contains("bytes are allocated", Run(_ =>
    {
        Thread other = new(Allocate);
        other.Start();
        other.Join();
    }));

    /// <summary>Thirty times as long as is allowed, as the campaign measures its bound itself.</summary>
    [Fact]
    public void Time_is_bounded_by_what_is_measured_in_the_same_run()
    {
        using TemporaryFolder folder = new();
        TimeSpan most = Yardstick.Measure(new Form(_ => { }), folder["whole"]);
        Assert.Contains("reading it takes", Run(_ => Thread.Sleep(30 * most)));
    }

    [Fact]
    public void A_wait_without_end_ends_the_campaign()
    {
        using ManualResetEventSlim end = new();
        try
        {
            Assert.Contains("it is being read after", Run(_ => end.Wait(), stuck: 1));
        }
        finally
        {
            end.Set();
        }
    }

    private static void Allocate() => GC.KeepAlive(new byte[Form.Most + 1]);

    /// <summary>The first defect, or nothing; whole files are read without one.</summary>
    private static string Run(Action<byte[]> read, double stuck = 60)
    {
        using TemporaryFolder folder = new();
        return Campaign.Run(new Form(read, stuck), inputs: 8, folder.FullName).Defects.FirstOrDefault("");
    }

    private sealed class Form(Action<byte[]> read, double stuck = 60) : FuzzFormat
    {
        public const int Most = 1 << 20;

        private static readonly byte[] Whole = [1, 2, 3, 4];

        public override string Name => "form";

        public override string Extension => ".form";

        public override int ShortRun => 1;

        public override long MostBytes => Most;

        public override TimeSpan Stuck => TimeSpan.FromSeconds(stuck);

        public override byte[][] Corpus() => [Whole];

        public override Func<string, int, string> CreateReader() => (path, _) =>
        {
            byte[] file = File.ReadAllBytes(path);
            if (!file.AsSpan().SequenceEqual(Whole)) read(file);
            return "file";
        };
    }
}
