using CsCheck;

namespace NetGen.Tests;

public sealed class WorkShareTests
{
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(1);

    private sealed class Job(Action<int, int, TeamBarrier> run) : ITeamJob
    {
        public void Run(int part, int parts, TeamBarrier barrier) => run(part, parts, barrier);
    }

    private static readonly Team Four = new(4);

    private static Frame FrameOf(int part, int parts, TeamBarrier barrier) => new() { Part = part, Parts = parts, Barrier = barrier };

    private static void Run(int parts, Action<int, int, TeamBarrier> run)
    {
        Assert.True(Four.TryAcquire(parts, out TeamLease lease));
        using (lease)
            lease.Run(new Job(run));
    }

    [Fact]
    public void Every_unit_is_done_once_in_pieces_that_begin_at_multiples_of_the_grain() =>
        Gen.Select(Gen.Int[2, 4], Gen.Int[0, 300], Gen.Int[1, 9], Gen.Int[1, 3]).Sample((parts, units, grain, steps) =>
        {
            int[] done = new int[units * steps];
            int wrong = 0;
            Run(parts, (part, count, barrier) =>
            {
                for (int step = 0; step < steps; step++)
                {
                    Frame frame = FrameOf(part, count, barrier);
                    for (WorkShare share = frame.Share(units, grain); share.Next(out nint start, out nint end);)
                    {
                        bool isAtPartsEdge = Enumerable.Range(0, count).Any(p => start == (nint)units * p / count);
                        if (start % grain != 0 && !isAtPartsEdge)
                            Interlocked.Increment(ref wrong);
                        for (nint unit = start; unit < end; unit++)
                            Interlocked.Increment(ref done[(step * units) + unit]);
                    }
                    barrier.Sync();
                }
            });
            Assert.Equal(0, wrong);
            Assert.All(done, d => Assert.Equal(1, d));
        }, iter: 400, threads: 1);

    [Fact]
    public void Others_do_what_a_part_that_is_held_up_has_not_begun()
    {
        const int Units = 64;
        int done = 0, heldBack = 0;
        using ManualResetEventSlim others = new();
        Run(2, (part, count, barrier) =>
        {
            Frame frame = FrameOf(part, count, barrier);
            WorkShare share = frame.Share(Units, 1);
            barrier.Sync();
            while (share.Next(out nint start, out nint end))
            {
                if (part == 1)
                {
                    // It is held up with its first piece until all the rest is done.
                    heldBack = (int)(end - start);
                    Assert.True(others.Wait(Long));
                }
                if (Interlocked.Add(ref done, (int)(end - start)) == Units - Volatile.Read(ref heldBack) && part == 0)
                    others.Set();
                if (part == 0)
                    SpinWait.SpinUntil(() => Volatile.Read(ref heldBack) > 0, Long);
            }
        });
        Assert.Equal(Units, done);
        Assert.InRange(heldBack, 1, Units / 4);
    }

    [Fact]
    public void A_part_alone_and_units_too_few_stay_whole()
    {
        WorkShare share = FrameOf(0, 1, TeamBarrier.Alone).Share(100, 1);
        Assert.True(share.Next(out nint start, out nint end));
        Assert.Equal((0, 100), (start, end));
        Assert.False(share.Next(out _, out _));
        Assert.False(FrameOf(0, 1, TeamBarrier.Alone).Share(0, 1).Next(out _, out _));
        share = FrameOf(1, 2, TeamBarrier.Alone).Share(9, 5);
        Assert.True(share.Next(out start, out end));
        Assert.Equal((4, 9), (start, end));
        Assert.False(share.Next(out _, out _));
    }

    [Fact]
    public void A_job_that_failed_leaves_no_work_behind()
    {
        for (int i = 0; i < 20; i++)
        {
            Assert.Throws<InvalidDataException>(() => Run(2, (part, count, barrier) =>
            {
                WorkShare share = FrameOf(part, count, barrier).Share(50, 1);
                share.Next(out _, out _);
                throw new InvalidDataException();
            }));
            int done = 0;
            Run(2, (part, count, barrier) =>
            {
                for (WorkShare share = FrameOf(part, count, barrier).Share(8, 1); share.Next(out nint start, out nint end);)
                    Interlocked.Add(ref done, (int)(end - start));
                barrier.Sync();
            });
            Assert.Equal(8, done);
        }
    }
}
