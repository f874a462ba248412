using CsCheck;

namespace NetGen.Tests;

public sealed class TeamTests
{
    /// <summary>A job of a few phases: in each, every part adds to its own slot and then checks the slots of all others.</summary>
    private sealed class PhaseJob(int phases) : ITeamJob
    {
        public readonly int[] Slots = new int[64 * 16];
        public int Ran;
        public int Wrong;
        public int FailingPart = -1, FailingPhase;

        public void Run(int part, int parts, TeamBarrier barrier)
        {
            Interlocked.Increment(ref Ran);
            for (int phase = 0; phase < phases; phase++)
            {
                if (part == FailingPart && phase == FailingPhase)
                    throw new InvalidDataException($"part {part} phase {phase}");
                Slots[part * 16]++;
                barrier.Sync();
                for (int other = 0; other < parts; other++)
                {
                    if (Slots[other * 16] != Slots[part * 16])
                        Interlocked.Increment(ref Wrong);
                }
                barrier.Sync();
            }
        }
    }

    private static readonly Team Four = new(4);

    [Fact]
    public void Every_part_sees_what_the_others_wrote_before_the_barrier() =>
        Gen.Select(Gen.Int[1, 6], Gen.Int[0, 20]).Sample((threads, phases) =>
        {
            Assert.Equal(threads > 1, Four.TryAcquire(threads, out TeamLease lease));
            using (lease)
            {
                Assert.Equal(Math.Min(threads, 4), lease.Parts);
                var job = new PhaseJob(phases);
                lease.Run(job);
                Assert.Equal((lease.Parts, 0), (job.Ran, job.Wrong));
                Assert.Equal(phases * lease.Parts, job.Slots.Sum());
            }
        }, iter: 500, threads: 1);

    /// <summary>A job whose parts may run on any thread: each counts itself, and those that the caller's thread ran.</summary>
    private sealed class FreeJob(int failingPart = -1) : ITeamJob
    {
        public readonly int[] Runs = new int[64];
        public readonly int Caller = Environment.CurrentManagedThreadId;
        public int TakenByCaller;

        public bool IsWithoutBarriers => true;

        public void Run(int part, int parts, TeamBarrier barrier)
        {
            Interlocked.Increment(ref Runs[part]);
            if (part > 0 && Environment.CurrentManagedThreadId == Caller)
                TakenByCaller++;
            if (part == failingPart)
                throw new InvalidDataException($"part {part}");
        }
    }

    [Fact]
    public void The_caller_runs_the_parts_of_workers_that_are_late()
    {
        int taken = 0;
        for (int i = 0; i < 30; i++)
        {
            // The threads of a new team have yet to start, and wake up late in the jobs behind.
            var team = new Team(4);
            Assert.True(team.TryAcquire(4, out TeamLease lease));
            using (lease)
            {
                for (int round = 0; round < 20; round++)
                {
                    var free = new FreeJob();
                    lease.Run(free);
                    Assert.Equal([1, 1, 1, 1, 0], free.Runs[..5]);
                    taken += free.TakenByCaller;
                    if (round % 3 != 2) continue;
                    var phases = new PhaseJob(2);
                    lease.Run(phases);
                    Assert.Equal((4, 0, 8), (phases.Ran, phases.Wrong, phases.Slots.Sum()));
                }
            }
        }
        Assert.InRange(taken, 1, 30 * 20 * 3);
    }

    [Fact]
    public void No_part_is_lost_or_doubled_beside_threads_that_take_the_processors()
    {
        using var stop = new CancellationTokenSource();
        Thread[] busy = [.. Enumerable.Range(0, 2 * Environment.ProcessorCount).Select(_ => new Thread(() => { while (!stop.IsCancellationRequested) Thread.SpinWait(50); }))];
        foreach (Thread thread in busy) thread.Start();
        try
        {
            Gen.Select(Gen.Int[2, 4], Gen.Int[-1, 3], Gen.Int[0, 3]).Sample((threads, failing, phases) =>
            {
                Assert.True(Four.TryAcquire(threads, out TeamLease lease));
                using (lease)
                {
                    var free = new FreeJob(failing);
                    Exception? thrown = Record(lease, free);
                    Assert.Equal(failing >= 0 && failing < threads ? $"part {failing}" : null, thrown?.Message);
                    Assert.Equal(Enumerable.Range(0, 64).Select(p => p < threads ? 1 : 0), free.Runs);
                    var job = new PhaseJob(phases);
                    lease.Run(job);
                    Assert.Equal((threads, 0, phases * threads), (job.Ran, job.Wrong, job.Slots.Sum()));
                }
            }, iter: 100, threads: 1);
        }
        finally
        {
            stop.Cancel();
            foreach (Thread thread in busy) thread.Join();
        }
    }

    [Fact]
    public void A_failing_part_releases_the_others_and_its_exception_reaches_the_caller() =>
        Gen.Select(Gen.Int[2, 4], Gen.Int[1, 10], Gen.Int[0, 3], Gen.Int[0, 9]).Sample((threads, phases, part, phase) =>
        {
            Assert.True(Four.TryAcquire(threads, out TeamLease lease));
            using (lease)
            {
                var job = new PhaseJob(phases) { FailingPart = part, FailingPhase = phase };
                Exception? thrown = Record(lease, job);
                Assert.Equal(part < threads && phase < phases ? $"part {part} phase {phase}" : null, thrown?.Message);
                Assert.Equal(threads, job.Ran);
                var next = new PhaseJob(3);
                lease.Run(next);
                Assert.Equal((threads, 0, 3 * threads), (next.Ran, next.Wrong, next.Slots.Sum()));
            }
        }, iter: 500, threads: 1);

    [Fact]
    public void The_lowest_of_several_failing_parts_is_the_one_reported()
    {
        var job = new FunctionJob((part, _, barrier) =>
        {
            barrier.Sync();
            throw new InvalidDataException($"{part}");
        });
        Four.TryAcquire(4, out TeamLease lease);
        using (lease)
        {
            for (int i = 0; i < 100; i++)
                Assert.Equal("0", Record(lease, job)?.Message);
        }
    }

    [Fact]
    public void A_part_that_misses_a_barrier_is_an_error_and_not_a_deadlock()
    {
        Four.TryAcquire(4, out TeamLease lease);
        using (lease)
        {
            for (int missing = 0; missing < 4; missing++)
            {
                var job = new FunctionJob((part, _, barrier) =>
                {
                    barrier.Sync();
                    if (part != missing)
                        barrier.Sync();
                });
                Assert.IsType<InvalidOperationException>(Record(lease, job));
            }
        }
    }

    [Fact]
    public void A_job_inside_a_job_runs_alone() => RunOn(Four, 3, new FunctionJob((_, _, barrier) =>
    {
        Assert.False(Four.TryAcquire(3, out TeamLease inner));
        using (inner)
        {
            var job = new PhaseJob(2);
            inner.Run(job);
            Assert.Equal((1, 1, 2), (inner.Parts, job.Ran, job.Slots[0]));
        }
        barrier.Sync();
    }));

    [Fact]
    public void Many_callers_at_once_all_finish_with_or_without_the_team()
    {
        var team = new Team(3);
        int together = 0, alone = 0;
        var failures = new System.Collections.Concurrent.ConcurrentQueue<Exception>();
        Thread[] callers = [.. Enumerable.Range(0, 8).Select(c => new Thread(() =>
        {
            try
            {
                for (int i = 0; i < 400; i++)
                {
                    bool hasTeam = team.TryAcquire(1 + ((c + i) % 4), out TeamLease lease);
                    using (lease)
                    {
                        var job = new PhaseJob(1 + (i % 3));
                        lease.Run(job);
                        Assert.Equal((lease.Parts, 0), (job.Ran, job.Wrong));
                    }
                    Interlocked.Increment(ref hasTeam ? ref together : ref alone);
                }
            }
            catch (Exception e)
            {
                failures.Enqueue(e);
            }
        }))];
        Array.ForEach(callers, t => t.Start());
        Array.ForEach(callers, t => t.Join());
        Assert.Empty(failures);
        Assert.Equal(8 * 400, together + alone);
        Assert.True(together > 0);
    }

    [Fact]
    public void Parked_workers_and_long_waits_at_a_barrier_wake_up()
    {
        for (int slow = 0; slow < 3; slow++)
        {
            Thread.Sleep(20); // Long enough for the workers to park.
            int arrived = 0;
            int[] seen = new int[3];
            RunOn(Four, 3, new FunctionJob((part, _, barrier) =>
            {
                if (part == slow)
                    Thread.Sleep(20);
                Interlocked.Increment(ref arrived);
                barrier.Sync();
                seen[part] = Volatile.Read(ref arrived);
            }));
            Assert.Equal([3, 3, 3], seen);
        }
    }

    [Fact]
    public void A_warm_run_allocates_nothing()
    {
        var job = new PhaseJob(4);
        Assert.Equal(0, Allocations.Of(() =>
        {
            for (int i = 0; i < 200; i++)
                RunOn(Four, 4, job);
        }));
    }

    [Fact]
    public void A_disposed_lease_cannot_run_nor_release_the_team_again()
    {
        var team = new Team(2);
        Assert.True(team.TryAcquire(2, out TeamLease first));
        Assert.False(team.TryAcquire(2, out _));
        first.Dispose();
        Assert.True(team.TryAcquire(2, out TeamLease second));
        first.Dispose();
        Assert.False(team.TryAcquire(2, out _));
        Assert.IsType<ObjectDisposedException>(Record(first, new PhaseJob(1)));
        second.Dispose();
        Assert.Throws<ArgumentOutOfRangeException>(() => team.TryAcquire(0, out _));
    }

    [Fact]
    public void The_size_comes_from_the_environment_or_the_processors()
    {
        Assert.Equal(Environment.ProcessorCount, Team.ReadSize(null));
        Assert.Equal(3, Team.ReadSize("3"));
        foreach (string text in (string[])["0", "-1", "two", "1025", "1.5", "99999999999"])
            Assert.Contains(text, Assert.Throws<InvalidOperationException>(() => Team.ReadSize(text)).Message);
        Assert.Same(Team.Shared, Team.Shared);
    }

    private sealed class FunctionJob(Action<int, int, TeamBarrier> run) : ITeamJob
    {
        public void Run(int part, int parts, TeamBarrier barrier) => run(part, parts, barrier);
    }

    private static void RunOn(Team team, int threads, ITeamJob job)
    {
        Assert.True(team.TryAcquire(threads, out TeamLease lease));
        using (lease)
            lease.Run(job);
    }

    private static Exception? Record(TeamLease lease, ITeamJob job)
    {
        try
        {
            lease.Run(job);
            return null;
        }
        catch (Exception e)
        {
            return e;
        }
    }
}
